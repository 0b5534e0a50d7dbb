package org.ambientvcp.stark.prover;

import java.util.List;

/// Cuts the rows of one coset into blocks. The next row after the last is the first, so the last block has its next
/// rows
/// copied together. Not thread-safe.
final class TableRows {
    private final int rows;
    private final List<Integer> nextColumns;
    private final int[][] wrapped;

    /// @param width main columns
    /// @param nextColumns those that are read on the next row
    TableRows(int rows, int width, List<Integer> nextColumns) {
        this.rows = rows;
        this.nextColumns = nextColumns;
        wrapped = new int[width][];
        for (var column : nextColumns) wrapped[column] = new int[TapeRunner.BLOCK];
    }

    /// @param base where the coset begins in the columns
    /// @param from first row of the block, within the coset
    RowBlock block(int[][] main, int[][] preprocessed, int base, int from, RowSelectors selectors) {
        var count = Math.min(TapeRunner.BLOCK, rows - from);
        var last = from + count == rows;
        if (last) {
            for (var column : nextColumns) {
                System.arraycopy(main[column], base + from + 1, wrapped[column], 0, count - 1);
                wrapped[column][count - 1] = main[column][base];
            }
        }
        return new RowBlock(
                main,
                base + from,
                last ? wrapped : main,
                last ? 0 : base + from + 1,
                preprocessed,
                selectors.firstRow(),
                from,
                selectors.lastRow(),
                from + selectors.lastAt(),
                count);
    }
}
