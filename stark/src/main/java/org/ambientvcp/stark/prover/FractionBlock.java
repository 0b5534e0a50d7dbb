package org.ambientvcp.stark.prover;

import java.util.Arrays;
import java.util.List;
import org.ambientvcp.stark.air.Fraction;
import org.ambientvcp.stark.field.ExtensionField;

/// Gathers the terms of interactions on a block of rows into the two sides of each fraction: numerator and denominator.
/// Not thread-safe.
final class FractionBlock {
    private final ExtensionField field;
    private final InteractionTerms terms;
    private final List<Fraction> fractions;
    private final int[][] first;
    private final int[][] second;
    private final int[] firstMultiplicity = new int[TapeRunner.BLOCK];
    private final int[] secondMultiplicity = new int[TapeRunner.BLOCK];
    private final int[][] numerator;
    private final int[][] denominator;
    private final int[][] product;
    private int fraction;

    /// Takes a fraction when its terms are complete.
    interface Sink {
        /// @param numerator of the block, from 0; may be overwritten
        /// @param denominator of the block, from 0; may be overwritten
        void accept(int fraction, int[][] numerator, int[][] denominator, int count);
    }

    FractionBlock(ExtensionField field, InteractionTerms terms, List<Fraction> fractions) {
        this.field = field;
        this.terms = terms;
        this.fractions = fractions;
        first = block();
        second = block();
        numerator = block();
        denominator = block();
        product = block();
    }

    private int[][] block() {
        return new int[field.degree()][TapeRunner.BLOCK];
    }

    void begin(int count) {
        fraction = 0;
        if (!fractions.isEmpty()) start(count);
    }

    private void start(int count) {
        var current = fractions.get(fraction);
        terms.start(current.first(), first, count);
        if (current.isPair()) terms.start(current.second(), second, count);
    }

    /// Takes the value of one expression, in their order.
    void accept(int expression, int[] values, int at, int count, Sink sink) {
        var term = terms.term(expression);
        var current = fractions.get(fraction);
        var isFirst = term.interaction() == current.first();
        if (!term.isMultiplicity()) {
            Arithmetic.addScaled(values, at, term.factor(), isFirst ? first : second, 0, count);
            return;
        }
        System.arraycopy(values, at, isFirst ? firstMultiplicity : secondMultiplicity, 0, count);
        if (isFirst && current.isPair()) return;
        complete(current, count, sink);
        fraction++;
        if (fraction < fractions.size()) start(count);
    }

    private void complete(Fraction current, int count, Sink sink) {
        if (current.isPair()) {
            Arithmetic.scale(second, 0, firstMultiplicity, 0, numerator, 0, count);
            Arithmetic.scale(first, 0, secondMultiplicity, 0, product, 0, count);
            Arithmetic.add(numerator, 0, product, 0, numerator, 0, count);
            Arithmetic.multiply(field, first, 0, second, 0, denominator, 0, count);
        } else {
            for (var k = 0; k < field.degree(); k++) {
                System.arraycopy(first[k], 0, denominator[k], 0, count);
                if (k > 0) Arrays.fill(numerator[k], 0, count, 0);
            }
            System.arraycopy(firstMultiplicity, 0, numerator[0], 0, count);
        }
        sink.accept(fraction, numerator, denominator, count);
    }
}
