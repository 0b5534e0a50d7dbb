package org.ambientvcp.stark.merkle;

import java.util.List;

/// Columns of one height, over the same domain.
public record Matrix(int logRows, List<Column> columns) {
    public Matrix {
        columns = List.copyOf(columns);
    }

    public MatrixShape shape() {
        return new MatrixShape(logRows, columns.size());
    }
}
