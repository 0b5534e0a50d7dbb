package org.ambientvcp.stark.prover;

import java.util.Arrays;
import java.util.List;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.Fraction;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.kernel.ExtensionColumns;
import org.ambientvcp.stark.kernel.Kernels;

/// Gathers the terms of interactions on a block of rows into the two sides of each fraction: numerator and denominator.
/// Not thread-safe.
final class FractionBlock {
    private final Kernels kernels;
    private final ExtensionColumns columns;
    private final InteractionTerms terms;
    private final List<Fraction> fractions;
    /// Entries of the message that is being gathered; of the first n of them at n.
    private final int[][][] entries = new int[Bus.MAX_ARITY + 1][][];
    private final int[][] first;
    private final int[][] second;
    private final int[] firstMultiplicity = new int[TapeRunner.BLOCK];
    private final int[] secondMultiplicity = new int[TapeRunner.BLOCK];
    private final int[][] numerator;
    private final int[][] denominator;
    private final int[][] product;
    private int fraction;
    private int gathered;

    /// Takes a fraction when its terms are complete.
    interface Sink {
        /// @param numerator of the block, from 0; may be overwritten
        /// @param denominator of the block, from 0; may be overwritten
        void accept(int fraction, int[][] numerator, int[][] denominator, int count);
    }

    FractionBlock(
            ExtensionField field,
            InteractionTerms terms,
            List<Fraction> fractions,
            Kernels kernels,
            ExtensionColumns columns) {
        this.kernels = kernels;
        this.columns = columns;
        this.terms = terms;
        this.fractions = fractions;
        var buffers = new int[Bus.MAX_ARITY][TapeRunner.BLOCK];
        for (var n = 0; n <= Bus.MAX_ARITY; n++) entries[n] = Arrays.copyOf(buffers, n);
        first = new int[field.degree()][TapeRunner.BLOCK];
        second = new int[field.degree()][TapeRunner.BLOCK];
        numerator = new int[field.degree()][TapeRunner.BLOCK];
        denominator = new int[field.degree()][TapeRunner.BLOCK];
        product = new int[field.degree()][TapeRunner.BLOCK];
    }

    void begin() {
        fraction = 0;
        gathered = 0;
    }

    /// Takes the value of one expression, in their order.
    void accept(int expression, int[] values, int at, int count, Sink sink) {
        var term = terms.term(expression);
        if (!term.isMultiplicity()) {
            System.arraycopy(values, at, entries[Bus.MAX_ARITY][gathered++], 0, count);
            return;
        }
        var current = fractions.get(fraction);
        var isFirst = term.interaction() == current.first();
        var message = isFirst ? first : second;
        terms.start(term.interaction(), message, count);
        columns.addWeighted(entries[gathered], 0, terms.factors(term.interaction()), message, 0, count);
        gathered = 0;
        System.arraycopy(values, at, isFirst ? firstMultiplicity : secondMultiplicity, 0, count);
        if (isFirst && current.isPair()) return;
        if (current.isPair()) pair(count, sink);
        else single(count, sink);
        fraction++;
    }

    private void pair(int count, Sink sink) {
        columns.scale(second, 0, firstMultiplicity, 0, numerator, 0, count);
        columns.scale(first, 0, secondMultiplicity, 0, product, 0, count);
        columns.add(numerator, 0, product, 0, numerator, 0, count);
        kernels.multiply(first, 0, second, 0, denominator, 0, count);
        sink.accept(fraction, numerator, denominator, count);
    }

    private void single(int count, Sink sink) {
        System.arraycopy(firstMultiplicity, 0, numerator[0], 0, count);
        for (var k = 1; k < numerator.length; k++) Arrays.fill(numerator[k], 0, count, 0);
        sink.accept(fraction, numerator, first, count);
    }
}
