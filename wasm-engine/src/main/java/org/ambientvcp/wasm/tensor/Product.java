package org.ambientvcp.wasm.tensor;

import java.util.function.LongConsumer;

/// A product of matrices, block by block. A sum goes over its terms in order, from block to block.
final class Product {
    private final Kernels kernels;
    private final Cells cells;
    private final int height;
    private final int depth;
    private final int width;
    private final Blocks blocks;

    /// @param height rows of the left factor and the result, > 0
    /// @param depth columns of the left factor, rows of the right one, ≥ 0
    /// @param width columns of the right factor and the result, > 0
    Product(Kernels kernels, Cells cells, int height, int depth, int width) {
        this.kernels = kernels;
        this.cells = cells;
        this.height = height;
        this.depth = depth;
        this.width = width;
        this.blocks = Blocks.of(height, depth, width);
    }

    /// @param address of the result, row by row
    /// @param poll called with 0 before each block, about once a millisecond; may throw
    void run(Operand left, Operand right, int address, LongConsumer poll) {
        for (var j = 0; j < width; j += Blocks.COLUMNS) {
            var columns = Math.min(Blocks.COLUMNS, width - j);
            for (var i = 0; i < height; i += Blocks.ROWS) {
                var rows = Math.min(Blocks.ROWS, height - i);
                var corner = address + (i * width + j) * Integer.BYTES;
                var k = 0;
                do {
                    poll.accept(0);
                    var terms = Math.min(Blocks.TERMS, depth - k);
                    var isLast = terms == depth - k;
                    left.read(cells, i, rows, k, terms, blocks.left);
                    right.read(cells, k, terms, j, columns, blocks.right);
                    for (var row = 0; row < rows; row++)
                        cells.begin(blocks.sums[row], corner + row * width * Integer.BYTES, columns, k == 0);
                    kernels.multiply(blocks.left, blocks.right, blocks.sums, rows, terms, columns);
                    for (var row = 0; row < rows; row++)
                        cells.end(blocks.sums[row], corner + row * width * Integer.BYTES, columns, k == 0, isLast);
                    k += terms;
                } while (k < depth);
            }
        }
    }
}
