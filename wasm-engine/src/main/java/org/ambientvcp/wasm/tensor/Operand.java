package org.ambientvcp.wasm.tensor;

/// A factor of a product, as a matrix.
interface Operand {
    /// Copies a block to the left upper corner of `target`.
    void read(Cells cells, int row, int rows, int column, int columns, float[][] target);

    /// A matrix in memory, row by row.
    ///
    /// @param width elements of a row
    record RowMajor(int address, int width) implements Operand {
        @Override
        public void read(Cells cells, int row, int rows, int column, int columns, float[][] target) {
            for (var i = 0; i < rows; i++) {
                var element = (row + i) * width + column;
                cells.readOperand(address + element * cells.operandBytes(), 1, target[i], 0, columns);
            }
        }
    }

    /// A matrix in memory, column by column.
    ///
    /// @param height elements of a column
    record ColumnMajor(int address, int height) implements Operand {
        /// So many columns are read side by side: their cache lines are in use until they have been read to the
        /// end, and a set of the cache holds them even if all of them fall into the same one.
        private static final int ABREAST = 8;

        @Override
        public void read(Cells cells, int row, int rows, int column, int columns, float[][] target) {
            for (var j = 0; j < columns; j += ABREAST) {
                var count = Math.min(ABREAST, columns - j);
                for (var i = 0; i < rows; i++) {
                    var element = (column + j) * height + row + i;
                    cells.readOperand(address + element * cells.operandBytes(), height, target[i], j, count);
                }
            }
        }
    }
}
