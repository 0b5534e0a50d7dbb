package org.ambientvcp.stark.prover;

/// Rows of a table that lie next to one another, all columns by reference: column c of row i is at
/// `main[c][at + i]`, and of the next row at `next[c][nextAt + i]`.
///
/// @param next columns that are not read on the next row may be anything
/// @param firstRow values of the polynomial that is 1 on the first row
/// @param lastRow values of the polynomial that is 1 on the last row
/// @param count rows
@SuppressWarnings("ArrayRecordComponent") // says where rows are; is no value itself
record RowBlock(
        int[][] main,
        int at,
        int[][] next,
        int nextAt,
        int[][] preprocessed,
        int[] firstRow,
        int firstAt,
        int[] lastRow,
        int lastAt,
        int count) {}
