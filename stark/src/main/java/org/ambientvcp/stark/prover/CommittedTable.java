package org.ambientvcp.stark.prover;

import java.util.Arrays;
import java.util.List;
import org.ambientvcp.stark.merkle.Column;
import org.ambientvcp.stark.merkle.Matrix;

/// Columns of one table, as they are committed to.
///
/// @param extensions the values of each column on the low-degree extension domain, in coset-natural order
/// @param tails what each column's polynomial has beyond the rows: coefficients of X^n and upwards; may be empty
@SuppressWarnings("ArrayRecordComponent") // the arrays are the data, shared and never changed once they are here
record CommittedTable(int logRows, int[][] extensions, int[][] tails) {
    static CommittedTable empty(int logRows) {
        return new CommittedTable(logRows, new int[0][], new int[0][]);
    }

    int width() {
        return extensions.length;
    }

    /// The matrix of a tree.
    Matrix matrix() {
        return new Matrix(logRows, columns());
    }

    private List<Column> columns() {
        return Arrays.stream(extensions)
                .map(values -> Column.of(values, logRows))
                .toList();
    }
}
