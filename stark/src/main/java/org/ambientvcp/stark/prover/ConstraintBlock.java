package org.ambientvcp.stark.prover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Constraint.Scope;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Tape;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;

/// All constraints of a chip, combined with powers of α, on blocks of rows. The same sum that
/// [org.ambientvcp.stark.lookup.LookupConstraints] and the verifier evaluate at one point. Immutable; each thread makes
/// an [Evaluator].
final class ConstraintBlock {
    private final ExtensionField field;
    private final ChipDef chip;
    private final InteractionTerms terms;
    private final Tape tape;
    /// α^i for constraint i: those of the chip, of its fractions, and the three of its running sum.
    private final List<int[]> powers = new ArrayList<>();
    private final int[] busSum;

    /// @param publicValues base elements
    /// @param busSum of the chip; anything for one without interactions
    ConstraintBlock(ChipDef chip, InteractionTerms terms, int[] publicValues, Element alpha, Element busSum) {
        field = alpha.field();
        this.chip = chip;
        this.terms = terms;
        this.busSum = InteractionTerms.coordinates(busSum);
        var expressions = new ArrayList<Expr>();
        for (var constraint : chip.constraints()) expressions.add(constraint.expr());
        expressions.addAll(terms.expressions());
        tape = Tape.of(expressions, publicValues);
        var power = field.one();
        for (var i = 0; i < chip.constraints().size() + chip.fractions().size() + 3; i++) {
            powers.add(InteractionTerms.coordinates(power));
            power = power.times(alpha);
        }
    }

    /// Not thread-safe.
    final class Evaluator {
        private final TapeRunner runner = new TapeRunner(tape);
        private final FractionBlock fractions = new FractionBlock(field, terms, chip.fractions());
        private final int[] selected = new int[TapeRunner.BLOCK];
        private final int[][] scratch = block();
        private final int[][] rowSum = block();
        private final int[][] total = block();

        private int[][] block() {
            return new int[field.degree()][TapeRunner.BLOCK];
        }

        /// Evaluates a block; the result stays until the next one.
        ///
        /// @param auxiliary columns, on the same rows as the main ones
        /// @param nextSum the running sum on the next row, from `nextAt`
        /// @param transition the selector of all rows but the last, from `transitionAt`
        int[][] evaluate(
                RowBlock rows, int[][] auxiliary, int[][] nextSum, int nextAt, int[] transition, int transitionAt) {
            var count = rows.count();
            clear(total, count);
            clear(rowSum, count);
            fractions.begin(count);
            var constraints = chip.constraints();
            runner.run(rows, (output, values, at) -> {
                if (output < constraints.size()) {
                    add(
                            constraints.get(output).scope(),
                            values,
                            at,
                            powers.get(output),
                            rows,
                            transition,
                            transitionAt);
                } else {
                    fractions.accept(
                            output - constraints.size(),
                            values,
                            at,
                            count,
                            (fraction, numerator, denominator, size) ->
                                    addFraction(fraction, numerator, denominator, auxiliary, rows.at(), size));
                }
            });
            if (!chip.interactions().isEmpty())
                addRunningSum(rows, auxiliary, nextSum, nextAt, transition, transitionAt);
            return total;
        }

        private void add(
                Scope scope, int[] values, int at, int[] power, RowBlock rows, int[] transition, int transitionAt) {
            var count = rows.count();
            switch (scope) {
                case EVERY_ROW -> {
                    Arithmetic.addScaled(values, at, power, total, 0, count);
                    return;
                }
                case FIRST_ROW -> Arithmetic.multiply(values, at, rows.firstRow(), rows.firstAt(), selected, 0, count);
                case LAST_ROW -> Arithmetic.multiply(values, at, rows.lastRow(), rows.lastAt(), selected, 0, count);
                case TRANSITION -> Arithmetic.multiply(values, at, transition, transitionAt, selected, 0, count);
            }
            Arithmetic.addScaled(selected, 0, power, total, 0, count);
        }

        /// s·D - N.
        private void addFraction(
                int fraction, int[][] numerator, int[][] denominator, int[][] auxiliary, int at, int count) {
            var column = part(auxiliary, fraction);
            Arithmetic.add(rowSum, 0, column, at, rowSum, 0, count);
            Arithmetic.multiply(field, denominator, 0, column, at, scratch, 0, count);
            Arithmetic.subtract(scratch, 0, numerator, 0, scratch, 0, count);
            var power = powers.get(chip.constraints().size() + fraction);
            Arithmetic.addMultiplied(field, scratch, 0, power, total, 0, count);
        }

        private void addRunningSum(
                RowBlock rows, int[][] auxiliary, int[][] nextSum, int nextAt, int[] transition, int transitionAt) {
            var count = rows.count();
            var first = chip.constraints().size() + chip.fractions().size();
            var sum = part(auxiliary, chip.fractions().size());
            Arithmetic.scale(sum, rows.at(), rows.firstRow(), rows.firstAt(), scratch, 0, count);
            Arithmetic.addMultiplied(field, scratch, 0, powers.get(first), total, 0, count);

            Arithmetic.add(rowSum, 0, sum, rows.at(), rowSum, 0, count);
            Arithmetic.subtract(nextSum, nextAt, rowSum, 0, scratch, 0, count);
            Arithmetic.scale(scratch, 0, transition, transitionAt, scratch, 0, count);
            Arithmetic.addMultiplied(field, scratch, 0, powers.get(first + 1), total, 0, count);

            for (var k = 0; k < field.degree(); k++) {
                var mask = rows.main()[chip.mask().get(k)];
                Arithmetic.add(rowSum[k], 0, mask, rows.at(), scratch[k], 0, count);
                Arithmetic.addConstant(scratch[k], 0, BabyBear.neg(busSum[k]), scratch[k], 0, count);
                Arithmetic.multiplyConstant(scratch[k], 0, BabyBear.MINUS_ONE, scratch[k], 0, count);
            }
            Arithmetic.scale(scratch, 0, rows.lastRow(), rows.lastAt(), scratch, 0, count);
            Arithmetic.addMultiplied(field, scratch, 0, powers.get(first + 2), total, 0, count);
        }

        /// The coordinates of one element of the extension among base columns.
        private int[][] part(int[][] columns, int number) {
            return Arrays.copyOfRange(columns, number * field.degree(), (number + 1) * field.degree());
        }

        private static void clear(int[][] block, int count) {
            for (var coordinate : block) Arrays.fill(coordinate, 0, count, 0);
        }
    }
}
