package org.ambientvcp.stark.prover;

import java.util.Arrays;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Tape;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.kernel.ExtensionColumns;
import org.ambientvcp.stark.kernel.Kernels;

/// The auxiliary trace of one chip: its fractions on each row and their running sum.
final class LookupColumns {
    private final ExtensionField field;
    private final ChipDef chip;
    private final InteractionTerms terms;
    private final Tape tape;
    private final int fractionCount;

    /// @param publicValues base elements
    LookupColumns(ExtensionField field, ChipDef chip, InteractionTerms terms, int[] publicValues) {
        this.field = field;
        this.chip = chip;
        this.terms = terms;
        tape = Tape.of(terms.expressions(), publicValues);
        fractionCount = chip.fractions().size();
    }

    /// @param columns one array for each base column, in the order in which they are committed
    /// @param sum of all fractions, without the mask
    @SuppressWarnings("ArrayRecordComponent") // the arrays are the data
    record Result(int[][] columns, Element sum) {}

    /// @param main the trace, base elements
    /// @param pool where the columns come from
    Result build(int[][] main, int[][] preprocessed, int logRows, Hardware hardware, ArrayPool pool) {
        var rows = 1 << logRows;
        var degree = field.degree();
        var columns = pool.take(chip.auxWidth(degree), rows);
        var blocks = rows / TapeRunner.BLOCK;
        var totals = new int[blocks * degree];
        var selectors = onRows(rows, pool);
        hardware.workers().forEach(blocks, () -> new Work(rows, hardware.kernels()), (work, block) -> {
            work.fractions(main, preprocessed, selectors, block * TapeRunner.BLOCK, columns);
            work.runningSum(columns, block, totals);
        });
        var sum = new int[degree];
        // each total becomes the sum of the blocks before
        for (var block = 0; block < blocks; block++) {
            field.add(sum, 0, totals, block * degree, sum, 0);
            field.sub(sum, 0, totals, block * degree, totals, block * degree);
        }
        hardware.workers().forEach(blocks, block -> {
            for (var k = 0; k < degree; k++) {
                var running = columns[columns.length - degree + k];
                var from = block * TapeRunner.BLOCK;
                var before = totals[block * degree + k];
                hardware.kernels().addConstant(running, from, before, running, from, TapeRunner.BLOCK);
            }
        });
        return new Result(columns, field.element(sum, 0));
    }

    /// On the rows themselves a selector is 1 on one row.
    private static RowSelectors onRows(int rows, ArrayPool pool) {
        var first = pool.take(rows);
        Arrays.fill(first, 0);
        first[0] = BabyBear.ONE;
        var last = pool.take(rows);
        Arrays.fill(last, 0);
        last[rows - 1] = BabyBear.ONE;
        return new RowSelectors(first, last, 0, new int[0]);
    }

    /// What one thread needs.
    private final class Work {
        private final Kernels kernels;
        private final ExtensionColumns extension;
        private final TableRows rows;
        private final TapeRunner runner;
        private final FractionBlock fractions;
        /// Of all fractions of a block, one after the other, so that they are inverted together.
        private final int[][] numerators;
        private final int[][] denominators;
        private final int[][] inverses;

        Work(int height, Kernels kernels) {
            this.kernels = kernels;
            extension = new ExtensionColumns(field, kernels);
            rows = new TableRows(height, chip.width(), chip.nextColumns());
            runner = new TapeRunner(tape, kernels);
            fractions = new FractionBlock(field, terms, chip.fractions(), kernels, extension);
            var size = fractionCount * TapeRunner.BLOCK;
            numerators = new int[field.degree()][size];
            denominators = new int[field.degree()][size];
            inverses = new int[field.degree()][size];
        }

        void fractions(int[][] main, int[][] preprocessed, RowSelectors selectors, int from, int[][] columns) {
            var block = rows.block(main, preprocessed, 0, from, selectors);
            var count = block.count();
            fractions.begin();
            runner.run(
                    block, (expression, values, at) -> fractions.accept(expression, values, at, count, this::gather));
            extension.inverses(denominators, 0, inverses, 0, denominators[0].length);
            for (var fraction = 0; fraction < fractionCount; fraction++) {
                var at = fraction * TapeRunner.BLOCK;
                kernels.multiply(numerators, at, inverses, at, column(columns, fraction), from, count);
            }
        }

        private void gather(int fraction, int[][] numerator, int[][] denominator, int count) {
            for (var k = 0; k < field.degree(); k++) {
                System.arraycopy(numerator[k], 0, numerators[k], fraction * TapeRunner.BLOCK, count);
                System.arraycopy(denominator[k], 0, denominators[k], fraction * TapeRunner.BLOCK, count);
            }
        }

        /// On each row the sum of the rows of the block before it.
        void runningSum(int[][] columns, int block, int[] totals) {
            var degree = field.degree();
            var from = block * TapeRunner.BLOCK;
            for (var k = 0; k < degree; k++) {
                var running = columns[columns.length - degree + k];
                System.arraycopy(columns[k], from, running, from, TapeRunner.BLOCK);
                for (var column = k + degree; column < columns.length - degree; column += degree)
                    kernels.add(running, from, columns[column], from, running, from, TapeRunner.BLOCK);
                var sum = 0;
                for (var row = from; row < from + TapeRunner.BLOCK; row++) {
                    var value = running[row];
                    running[row] = sum;
                    sum = BabyBear.add(sum, value);
                }
                totals[block * degree + k] = sum;
            }
        }

        /// The coordinates of one element among base columns.
        private int[][] column(int[][] columns, int fraction) {
            return Arrays.copyOfRange(columns, fraction * field.degree(), (fraction + 1) * field.degree());
        }
    }
}
