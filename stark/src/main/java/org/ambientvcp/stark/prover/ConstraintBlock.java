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
import org.ambientvcp.stark.kernel.ExtensionColumns;
import org.ambientvcp.stark.kernel.Kernels;

/// All constraints of a chip, combined with powers of α, on blocks of rows. The same sum that
/// [org.ambientvcp.stark.lookup.LookupConstraints] and the verifier evaluate at one point. Immutable; each thread makes
/// an [Evaluator].
final class ConstraintBlock {
    private final ExtensionField field;
    private final ChipDef chip;
    private final InteractionTerms terms;
    private final Tape tape;
    private final int fractionCount;
    /// α^i for constraint i: those of the chip, of its fractions, and the three of its running sum.
    private final List<Element> powers = new ArrayList<>();
    private final int[] busSum;

    /// @param publicValues base elements
    /// @param busSum of the chip; anything for one without interactions
    ConstraintBlock(ChipDef chip, InteractionTerms terms, int[] publicValues, Element alpha, Element busSum) {
        field = alpha.field();
        this.chip = chip;
        this.terms = terms;
        this.busSum = InteractionTerms.coordinates(busSum);
        fractionCount = chip.fractions().size();
        var expressions = new ArrayList<Expr>();
        for (var constraint : chip.constraints()) expressions.add(constraint.expr());
        expressions.addAll(terms.expressions());
        tape = Tape.of(expressions, publicValues);
        var power = field.one();
        for (var i = 0; i < chip.constraints().size() + fractionCount + 3; i++) {
            powers.add(power);
            power = power.times(alpha);
        }
    }

    /// Not thread-safe.
    final class Evaluator {
        private final Kernels kernels;
        private final ExtensionColumns columns;
        private final TapeRunner runner;
        private final FractionBlock fractions;
        private final int[] selected = new int[TapeRunner.BLOCK];
        private final int[][] scratch = block();
        private final int[][] rowSum = block();
        private final int[][] total = block();

        Evaluator(Kernels kernels) {
            this.kernels = kernels;
            columns = new ExtensionColumns(field, kernels);
            runner = new TapeRunner(tape, kernels);
            fractions = new FractionBlock(field, terms, chip.fractions(), kernels, columns);
        }

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
            fractions.begin();
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
                Scope scope, int[] values, int at, Element power, RowBlock rows, int[] transition, int transitionAt) {
            var count = rows.count();
            switch (scope) {
                case EVERY_ROW -> {
                    addScaled(values, at, power, count);
                    return;
                }
                case FIRST_ROW -> kernels.mul(values, at, rows.firstRow(), rows.firstAt(), selected, 0, count);
                case LAST_ROW -> kernels.mul(values, at, rows.lastRow(), rows.lastAt(), selected, 0, count);
                case TRANSITION -> kernels.mul(values, at, transition, transitionAt, selected, 0, count);
            }
            addScaled(selected, 0, power, count);
        }

        /// Adds base elements times α^i.
        private void addScaled(int[] values, int at, Element power, int count) {
            for (var k = 0; k < total.length; k++)
                kernels.addScaled(values, at, power.coefficient(k), total[k], 0, count);
        }

        /// s·D - N.
        private void addFraction(
                int fraction, int[][] numerator, int[][] denominator, int[][] auxiliary, int at, int count) {
            var column = part(auxiliary, fraction);
            columns.add(rowSum, 0, column, at, rowSum, 0, count);
            kernels.multiply(denominator, 0, column, at, scratch, 0, count);
            columns.sub(scratch, 0, numerator, 0, scratch, 0, count);
            var power = powers.get(chip.constraints().size() + fraction);
            columns.addMultiplied(scratch, 0, power, total, 0, count);
        }

        private void addRunningSum(
                RowBlock rows, int[][] auxiliary, int[][] nextSum, int nextAt, int[] transition, int transitionAt) {
            var count = rows.count();
            var first = chip.constraints().size() + fractionCount;
            var sum = part(auxiliary, fractionCount);
            columns.scale(sum, rows.at(), rows.firstRow(), rows.firstAt(), scratch, 0, count);
            columns.addMultiplied(scratch, 0, powers.get(first), total, 0, count);

            columns.add(rowSum, 0, sum, rows.at(), rowSum, 0, count);
            columns.sub(nextSum, nextAt, rowSum, 0, scratch, 0, count);
            columns.scale(scratch, 0, transition, transitionAt, scratch, 0, count);
            columns.addMultiplied(scratch, 0, powers.get(first + 1), total, 0, count);

            for (var k = 0; k < field.degree(); k++) {
                var mask = rows.main()[chip.mask().get(k)];
                kernels.add(rowSum[k], 0, mask, rows.at(), scratch[k], 0, count);
                kernels.addConstant(scratch[k], 0, BabyBear.neg(busSum[k]), scratch[k], 0, count);
                kernels.mulConstant(scratch[k], 0, BabyBear.MINUS_ONE, scratch[k], 0, count);
            }
            columns.scale(scratch, 0, rows.lastRow(), rows.lastAt(), scratch, 0, count);
            columns.addMultiplied(scratch, 0, powers.get(first + 2), total, 0, count);
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
