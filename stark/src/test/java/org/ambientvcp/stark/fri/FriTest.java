package org.ambientvcp.stark.fri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.fri.FriVerifier.Outcome;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.polynomial.Domain;
import org.ambientvcp.stark.polynomial.LowDegreeExtension;
import org.ambientvcp.stark.proof.ProofShape;
import org.ambientvcp.stark.proof.Rounds;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.TableShape;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.security.Profile;
import org.junit.jupiter.api.Test;

final class FriTest {
    private static final ExtensionField FIELD = ExtensionField.DEGREE_5;
    private static final Statement STATEMENT =
            new Statement(Digest.of(new int[Digest.WORDS], 0), Words.EMPTY, Words.EMPTY);
    private static final ProofShape SHAPE = new ProofShape(
            Profile.STANDARD.parameters(),
            List.of(new TableShape(12, 0, 1, 0, 0), new TableShape(14, 0, 1, 0, 0), new TableShape(13, 0, 1, 0, 0)));

    private final Random random = new Random(1);
    private final PlainKernels kernels = new PlainKernels();

    @Test
    void polynomialsOfTheDegreeThatTheMaskHasAreAccepted() {
        assertThat(check(Map.of(14, codeword(14, 512), 13, codeword(13, 256), 12, codeword(12, 128))))
                .isEqualTo(new Outcome.Consistent());
    }

    @Test
    void oneCoefficientTooManyIsRefused() {
        assertThat(check(Map.of(14, codeword(14, 513), 13, codeword(13, 256), 12, codeword(12, 128))))
                .isInstanceOf(Outcome.FinalMismatch.class);
    }

    @Test
    void oneCoefficientTooManyInALowerTableIsRefused() {
        assertThat(check(Map.of(14, codeword(14, 512), 13, codeword(13, 256), 12, codeword(12, 129))))
                .isInstanceOf(Outcome.FinalMismatch.class);
    }

    @Test
    void wordThatIsNoCodewordIsRefused() {
        var noise = new int[FIELD.degree()][new Domain(13, 2).size()];
        for (var column : noise) fill(column);

        assertThat(check(Map.of(14, codeword(14, 512), 13, noise, 12, codeword(12, 128))))
                .isInstanceOf(Outcome.FinalMismatch.class);
    }

    @Test
    void codewordThatIsNotTheCommittedOneIsRefused() {
        var honest = Map.of(14, codeword(14, 512), 13, codeword(13, 256), 12, codeword(12, 128));
        var other = new HashMap<>(honest);
        other.put(13, codeword(13, 256));

        assertThat(check(honest, other)).isInstanceOf(Outcome.FoldingMismatch.class);
    }

    private Outcome check(Map<Integer, int[][]> codewords) {
        return check(codewords, codewords);
    }

    /// @param seen what the verifier sees of the codewords
    private Outcome check(Map<Integer, int[][]> folded, Map<Integer, int[][]> seen) {
        var prover = new FriProver(SHAPE, FIELD, kernels, Workers.single());
        var said = Rounds.start(STATEMENT, SHAPE);
        var copies = new HashMap<Integer, int[][]>();
        folded.forEach((logRows, codeword) -> {
            var copy = new int[codeword.length][];
            for (var k = 0; k < copy.length; k++) copy[k] = codeword[k].clone();
            copies.put(logRows, copy);
        });
        prover.fold(copies, said);
        var openings = prover.open(said.queries());

        var heard = Rounds.start(STATEMENT, SHAPE);
        var challenges = new ArrayList<Element>();
        for (var root : prover.layerRoots()) challenges.add(heard.layer(root));
        heard.finalPolynomial(prover.finalPolynomial());
        var commitments = new FriVerifier.Commitments(prover.layerRoots(), challenges, prover.finalPolynomial());
        return new FriVerifier(SHAPE, FIELD, commitments)
                .check(
                        heard.queries(),
                        (logRows, position) -> {
                            var codeword = seen.get(logRows);
                            if (codeword == null) return null;
                            var element = new int[FIELD.degree()];
                            for (var k = 0; k < element.length; k++) element[k] = codeword[k][position];
                            return FIELD.element(element, 0);
                        },
                        openings);
    }

    /// A polynomial with coefficients of X^0 … X^(n + tail - 1), the highest not 0.
    private int[][] codeword(int logRows, int tail) {
        var extension = new LowDegreeExtension(new Domain(logRows, 2), kernels);
        var codeword = new int[FIELD.degree()][extension.domain().size()];
        for (var column : codeword) {
            var low = new int[1 << logRows];
            var high = new int[tail];
            fill(low);
            fill(high);
            high[tail - 1] = BabyBear.ONE;
            extension.evaluate(low, 0, high, column, 0);
        }
        return codeword;
    }

    private void fill(int[] values) {
        for (var i = 0; i < values.length; i++) values[i] = random.nextInt(BabyBear.P);
    }
}
