package org.ambientvcp.stark.fri;

import static org.ambientvcp.stark.security.Parameters.FINAL_ROWS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.merkle.Opened;
import org.ambientvcp.stark.merkle.OpeningCheck;
import org.ambientvcp.stark.polynomial.Domain;
import org.ambientvcp.stark.polynomial.Horner;
import org.ambientvcp.stark.proof.ProofShape;
import org.jspecify.annotations.Nullable;

/// Follows each query from the codewords down to the final polynomial.
public final class FriVerifier {
    private static final int LOG_FINAL_ROWS = Integer.numberOfTrailingZeros(FINAL_ROWS);

    private final ProofShape shape;
    private final ExtensionField field;
    private final Commitments commitments;

    /// What the prover committed to and was asked.
    ///
    /// @param layerRoots one for each folding
    /// @param challenges the one that folds each layer
    /// @param finalPolynomial coefficients, the constant first
    public record Commitments(List<Digest> layerRoots, List<Element> challenges, List<Element> finalPolynomial) {}

    /// The codewords that are folded together, one for each height that a table has.
    public interface Codewords {
        /// The value at a position of the domain with these rows, or null if no table is of this height.
        @Nullable
        Element value(int logRows, int position);
    }

    public sealed interface Outcome {
        /// Every query leads to the final polynomial.
        record Consistent() implements Outcome {}

        /// The opening of a layer is not one of its root.
        record LayerRefused(int layer, OpeningCheck.Reason reason) implements Outcome {}

        /// A layer does not continue what came before it.
        record FoldingMismatch(int layer, int query) implements Outcome {}

        /// The last folding is not the final polynomial.
        record FinalMismatch(int query) implements Outcome {}
    }

    public FriVerifier(ProofShape shape, ExtensionField field, Commitments commitments) {
        this.shape = shape;
        this.field = field;
        this.commitments = commitments;
    }

    /// @param positions of the queries in the domain of the highest table
    /// @param openings of the layers, as many as there are foldings
    public Outcome check(int[] positions, Codewords codewords, List<MultiOpening> openings) {
        var layers = new ArrayList<Opened>();
        for (var layer = 0; layer < openings.size(); layer++) {
            var tree = shape.layers().get(layer);
            var leaves = new int[positions.length];
            for (var query = 0; query < positions.length; query++)
                leaves[query] = lower(positions[query], tree.logRows());
            switch (OpeningCheck.check(tree, commitments.layerRoots().get(layer), leaves, openings.get(layer))) {
                case Opened opened -> layers.add(opened);
                case OpeningCheck.Refused(var reason) -> {
                    return new Outcome.LayerRefused(layer, reason);
                }
            }
        }
        for (var query = 0; query < positions.length; query++) {
            var outcome = follow(query, positions[query], codewords, layers);
            if (!(outcome instanceof Outcome.Consistent)) return outcome;
        }
        return new Outcome.Consistent();
    }

    private Outcome follow(int query, int position, Codewords codewords, List<Opened> layers) {
        var logRows = shape.maxLogHeight();
        var value = join(field.zero(), field.one(), codewords.value(logRows, position));
        for (var layer = 0; layer < layers.size(); layer++) {
            var folding = shape.foldings().get(layer);
            var domain = new Domain(logRows, shape.parameters().logBlowup());
            logRows -= folding;
            var leaf = lower(position, logRows);
            var values = elements(layers.get(layer).row(0, leaf));
            var here = lower(position, domain.logRows()) >>> logRows & ((1 << folding) - 1);
            if (!values[here].equals(value)) return new Outcome.FoldingMismatch(layer, query);
            var challenge = commitments.challenges().get(layer);
            value = fold(values, domain, leaf, challenge);
            value = join(value, challenge.toThePowerOfTwo(folding), codewords.value(logRows, leaf));
        }
        var end = new Domain(LOG_FINAL_ROWS, shape.parameters().logBlowup());
        var last = lower(position, LOG_FINAL_ROWS);
        var point = end.point(last >>> LOG_FINAL_ROWS, last & (end.rows() - 1));
        return Horner.evaluate(commitments.finalPolynomial(), point).equals(value)
                ? new Outcome.Consistent()
                : new Outcome.FinalMismatch(query);
    }

    private static Element join(Element folded, Element weight, @Nullable Element codeword) {
        return codeword == null ? folded : folded.plus(weight.times(codeword));
    }

    /// The position in a lower domain above a position of the highest.
    private int lower(int position, int logRows) {
        var coset = position >>> shape.maxLogHeight();
        return (coset << logRows) + (position & ((1 << logRows) - 1));
    }

    /// Folds by two until one value is left. The values of f at x and -x become those of f_even + challenge · f_odd at
    /// x²; the challenge is squared from step to step.
    ///
    /// @param values at the rows of one coset that are `leaf` and as many more as it takes, evenly spaced
    /// @param leaf the position of the folded value in the folded domain
    private Element fold(Element[] values, Domain domain, int leaf, Element challenge) {
        var folding = Integer.numberOfTrailingZeros(values.length);
        var folded = domain.folded(folding);
        var coset = leaf >>> folded.logRows();
        var row = leaf & (folded.rows() - 1);
        var rest = values;
        var power = challenge;
        for (var step = 0; step < folding; step++) {
            var current = domain.folded(step);
            var half = new Element[rest.length / 2];
            for (var i = 0; i < half.length; i++) {
                var plus = rest[i];
                var minus = rest[i + half.length];
                var x = current.point(coset, row + i * folded.rows());
                var even = plus.plus(minus).times(BabyBear.HALF);
                var odd = plus.minus(minus).times(BabyBear.inverse(BabyBear.add(x, x)));
                half[i] = even.plus(power.times(odd));
            }
            rest = half;
            power = power.squared();
        }
        return rest[0];
    }

    private Element[] elements(int[] row) {
        var elements = new Element[row.length / field.degree()];
        Arrays.setAll(elements, i -> field.element(row, i * field.degree()));
        return elements;
    }
}
