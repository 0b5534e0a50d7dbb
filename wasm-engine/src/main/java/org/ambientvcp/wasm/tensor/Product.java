package org.ambientvcp.wasm.tensor;

import java.util.function.LongConsumer;

/// A product of matrices, block by block: a block of each factor and the sums of one of the result are kept in arrays
/// that the second level cache holds. A sum goes over its terms in order, from block to block.
final class Product {
    private static final int BLOCK_ROWS = 128;
    /// A multiple of 3 times 16: tiles of three vectors.
    private static final int BLOCK_COLUMNS = 480;

    private final Kernels kernels;
    private final Cells cells;
    private final int height;
    private final int depth;
    private final int width;
    private final float[][] leftBlock;
    private final float[][] rightBlock;
    private final float[][] sums;

    /// @param height rows of the left factor and the result, > 0
    /// @param depth columns of the left factor, rows of the right one, ≥ 0
    /// @param width columns of the right factor and the result, > 0
    Product(Kernels kernels, Cells cells, int height, int depth, int width) {
        this.kernels = kernels;
        this.cells = cells;
        this.height = height;
        this.depth = depth;
        this.width = width;
        var rows = padded(Math.min(height, BLOCK_ROWS), Kernels.ROWS);
        var terms = Math.min(depth, Cells.MOST_TERMS);
        var columns = padded(Math.min(width, BLOCK_COLUMNS), Kernels.COLUMNS);
        leftBlock = new float[rows][terms];
        rightBlock = new float[terms][columns];
        sums = new float[rows][columns];
    }

    /// @param address of the result, row by row
    /// @param poll called with 0 before each block, about once a millisecond; may throw
    void run(Operand left, Operand right, int address, LongConsumer poll) {
        for (var j = 0; j < width; j += BLOCK_COLUMNS) {
            var columns = Math.min(BLOCK_COLUMNS, width - j);
            for (var i = 0; i < height; i += BLOCK_ROWS) {
                var rows = Math.min(BLOCK_ROWS, height - i);
                var corner = address + (i * width + j) * Integer.BYTES;
                var k = 0;
                do {
                    poll.accept(0);
                    var terms = Math.min(Cells.MOST_TERMS, depth - k);
                    var isLast = terms == depth - k;
                    left.read(cells, i, rows, k, terms, leftBlock);
                    right.read(cells, k, terms, j, columns, rightBlock);
                    for (var row = 0; row < rows; row++)
                        cells.begin(sums[row], corner + row * width * Integer.BYTES, columns, k == 0);
                    kernels.multiply(leftBlock, rightBlock, sums, rows, terms, columns);
                    for (var row = 0; row < rows; row++)
                        cells.end(sums[row], corner + row * width * Integer.BYTES, columns, k == 0, isLast);
                    k += terms;
                } while (k < depth);
            }
        }
    }

    private static int padded(int length, int step) {
        return (length + step - 1) / step * step;
    }
}
