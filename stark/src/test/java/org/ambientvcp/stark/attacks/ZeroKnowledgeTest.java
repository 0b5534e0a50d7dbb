package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Ram;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.proof.Proof;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Words;
import org.junit.jupiter.api.Test;

/// Smoke tests of zero knowledge: they show mistakes, not that there are none.
class ZeroKnowledgeTest {
    private static final int DEGREE = 5;
    private static final int MAIN = 1;
    private static final int AUXILIARY = 2;
    private static final int QUOTIENT = 3;
    private static final int SEEDS = 24;
    private static final int BUCKETS = 16;

    /// With 15 degrees of freedom exceeded once in ten million times.
    private static final double MOST_CHI_SQUARE = 60;

    @Test
    void twoProofsOfOneStatementShareNoCommittedValue() {
        var execution = execution(1, 2, 3);
        var first = Proofs.prove(execution, 1);
        var second = Proofs.prove(execution, 2);

        assertThat(elements(first.openings())).doesNotContainAnyElementsOf(elements(second.openings()));
        assertThat(elements(first.busSums())).doesNotContainAnyElementsOf(elements(second.busSums()));
        assertThat(elements(first.finalPolynomial())).doesNotContainAnyElementsOf(elements(second.finalPolynomial()));
        assertThat(first.layerRoots()).doesNotContainAnyElementsOf(second.layerRoots());
        for (var tree : List.of(MAIN, AUXILIARY, QUOTIENT)) {
            assertThat(salts(first, tree)).doesNotContainAnyElementsOf(salts(second, tree));
            assertThat(nodes(first, tree)).doesNotContainAnyElementsOf(nodes(second, tree));
        }
        assertThat(first.mainRoot()).isNotEqualTo(second.mainRoot());
    }

    /// Three numbers in two orders have one sum: nobody can tell which was proven.
    @Test
    void openingsOfTwoWitnessesAreUniform() {
        for (var witness : List.of(execution(1, 2, 3), execution(3, 2, 1))) {
            var main = new int[BUCKETS];
            var auxiliary = new int[BUCKETS];
            var quotient = new int[BUCKETS];
            var outside = new int[BUCKETS];
            for (var seed = 0; seed < SEEDS; seed++) {
                var proof = Proofs.prove(witness, 100 + seed);
                count(proof.trees().get(MAIN).values(), main);
                count(proof.trees().get(AUXILIARY).values(), auxiliary);
                count(proof.trees().get(QUOTIENT).values(), quotient);
                count(proof.openings().toArray(), outside);
            }

            assertThat(List.of(chiSquare(main), chiSquare(auxiliary), chiSquare(quotient), chiSquare(outside)))
                    .allMatch(statistic -> statistic < MOST_CHI_SQUARE);
        }
    }

    /// Cells that nobody visits hold secrets that are found again if they are anywhere.
    @Test
    void noCellOfTheWitnessIsInTheProof() {
        var secrets = new Random(1).ints(200, 1 << 20, BabyBear.P).toArray();
        var links = IntStream.concat(IntStream.of(1, 0), IntStream.of(secrets)).toArray();
        var execution = Ram.run(RamCheats.LIMB_BITS, 12, links, 0, true, false, true);

        var proof = ProofCodec.encode(Proofs.prove(execution, 1));

        var words = new HashSet<Integer>();
        var buffer = ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) words.add(buffer.getInt());
        for (var secret : secrets) {
            assertThat(words).doesNotContain(secret);
            assertThat(words).doesNotContain(BabyBear.fromCanonical(secret));
        }
    }

    @Test
    void allRandomnessComesFromTheSeed() {
        var execution = execution(1, 2, 3);

        assertThat(ProofCodec.encode(Proofs.prove(execution, 7)))
                .isEqualTo(ProofCodec.encode(Proofs.prove(execution, 7)))
                .isNotEqualTo(ProofCodec.encode(Proofs.prove(execution, 8)));
    }

    private static Execution execution(int... numbers) {
        return Adder.run(12, 12, numbers);
    }

    private static Set<List<Integer>> elements(Words words) {
        return groups(words.toArray(), DEGREE);
    }

    private static Set<List<Integer>> salts(Proof proof, int tree) {
        return groups(opening(proof, tree).salts(), 4);
    }

    private static Set<List<Integer>> nodes(Proof proof, int tree) {
        return groups(opening(proof, tree).path(), 8);
    }

    private static MultiOpening opening(Proof proof, int tree) {
        return proof.trees().get(tree);
    }

    private static Set<List<Integer>> groups(int[] words, int size) {
        var groups = new HashSet<List<Integer>>();
        for (var at = 0; at < words.length; at += size) {
            var group = new ArrayList<Integer>();
            for (var i = at; i < at + size; i++) group.add(words[i]);
            groups.add(group);
        }
        return groups;
    }

    private static void count(int[] elements, int[] buckets) {
        for (var element : elements) buckets[(int) ((long) element * BUCKETS / BabyBear.P)]++;
    }

    private static double chiSquare(int[] buckets) {
        var expected = IntStream.of(buckets).sum() / (double) BUCKETS;
        return IntStream.of(buckets)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }
}
