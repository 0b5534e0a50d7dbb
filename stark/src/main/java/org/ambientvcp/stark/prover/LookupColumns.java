package org.ambientvcp.stark.prover;

import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Tape;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;

/// The auxiliary trace of one chip: its fractions on each row and their running sum.
final class LookupColumns {
    private final ExtensionField field;
    private final ChipDef chip;
    private final InteractionTerms terms;
    private final Tape tape;

    /// @param publicValues base elements
    LookupColumns(ExtensionField field, ChipDef chip, InteractionTerms terms, int[] publicValues) {
        this.field = field;
        this.chip = chip;
        this.terms = terms;
        tape = Tape.of(terms.expressions(), publicValues);
    }

    /// @param columns one array for each base column, in the order in which they are committed
    /// @param sum of all fractions, without the mask
    @SuppressWarnings("ArrayRecordComponent") // the arrays are the data
    record Result(int[][] columns, Element sum) {}

    /// @param main the trace, base elements
    Result build(int[][] main, int[][] preprocessed, int logRows, Hardware hardware) {
        var rows = 1 << logRows;
        var degree = field.degree();
        var columns = new int[chip.auxWidth(degree)][rows];
        var blocks = rows / TapeRunner.BLOCK;
        var totals = new int[blocks * degree];
        var selectors = onRows(rows);
        hardware.workers().forEach(blocks, () -> new Work(rows), (work, block) -> {
            work.fractions(main, preprocessed, selectors, block * TapeRunner.BLOCK, columns);
            sumWithinBlock(columns, block, totals);
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
                Arithmetic.addConstant(running, from, totals[block * degree + k], running, from, TapeRunner.BLOCK);
            }
        });
        return new Result(columns, field.element(sum, 0));
    }

    /// On the rows themselves a selector is 1 on one row.
    private static RowSelectors onRows(int rows) {
        var first = new int[rows];
        first[0] = BabyBear.ONE;
        var last = new int[rows];
        last[rows - 1] = BabyBear.ONE;
        return new RowSelectors(first, last, 0, new int[0]);
    }

    /// The running sum on each row: of the rows of the block before it.
    private void sumWithinBlock(int[][] columns, int block, int[] totals) {
        var degree = field.degree();
        for (var k = 0; k < degree; k++) {
            var running = columns[columns.length - degree + k];
            var sum = 0;
            for (var row = block * TapeRunner.BLOCK; row < (block + 1) * TapeRunner.BLOCK; row++) {
                running[row] = sum;
                for (var column = k; column < columns.length - degree; column += degree)
                    sum = BabyBear.add(sum, columns[column][row]);
            }
            totals[block * degree + k] = sum;
        }
    }

    /// What one thread needs.
    private final class Work {
        private final TableRows rows;
        private final TapeRunner runner = new TapeRunner(tape);
        private final FractionBlock fractions = new FractionBlock(field, terms, chip.fractions());
        private final BatchInversion inversion = new BatchInversion(field, TapeRunner.BLOCK);

        Work(int height) {
            rows = new TableRows(height, chip.width(), chip.nextColumns());
        }

        void fractions(int[][] main, int[][] preprocessed, RowSelectors selectors, int from, int[][] columns) {
            var block = rows.block(main, preprocessed, 0, from, selectors);
            var count = block.count();
            fractions.begin(count);
            runner.run(
                    block,
                    (expression, values, at) -> fractions.accept(
                            expression, values, at, count, (fraction, numerator, denominator, size) -> {
                                inversion.invert(denominator, 0, denominator, 0, size);
                                Arithmetic.multiply(field, numerator, 0, denominator, 0, numerator, 0, size);
                                for (var k = 0; k < field.degree(); k++)
                                    System.arraycopy(
                                            numerator[k], 0, columns[fraction * field.degree() + k], from, size);
                            }));
        }
    }
}
