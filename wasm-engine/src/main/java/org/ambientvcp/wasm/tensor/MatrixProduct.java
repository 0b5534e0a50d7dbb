package org.ambientvcp.wasm.tensor;

import java.util.function.LongConsumer;
import org.ambientvcp.wasm.machine.MemoryAccess;
import org.ambientvcp.wasm.machine.Stop;

/// One call of `gemm_f32` or `gemm_i8`, its arguments checked and paid for.
///
/// @param height rows of `left` and of the result
/// @param depth columns of `left`, rows of `right`
/// @param width columns of `right` and of the result
record MatrixProduct(Region left, Region right, Region result, long height, long depth, long width, int flags) {
    /// The product is added to the result.
    static final int ADDS = 1;
    /// The right factor is given by columns.
    static final int RIGHT_BY_COLUMNS = 2;

    private static final int DOTS_BETWEEN_POLLS = 64;
    /// Shorter sums are faster in blocks.
    private static final int DOT_TERMS = 16;

    /// @throws Stop the trap
    static MatrixProduct of(byte[] memory, int operandBytes, Arguments arguments, LongConsumer charge) {
        var height = arguments.at(3);
        var width = arguments.at(4);
        var depth = arguments.at(5);
        var flags = arguments.at(6, 0, ADDS | RIGHT_BY_COLUMNS);
        var left = Region.of(memory, arguments.at(0), operandBytes, height, depth);
        var right = Region.of(memory, arguments.at(1), operandBytes, depth, width);
        var result = Region.of(memory, arguments.at(2), Integer.BYTES, height, width);
        result.requireApartFrom(left);
        result.requireApartFrom(right);
        charge.accept(TensorGas.product(height, depth, width));
        return new MatrixProduct(left, right, result, height, depth, width, flags);
    }

    void runF32(Kernels kernels, byte[] memory, LongConsumer poll) {
        runInBlocks(kernels, new FloatCells(kernels, memory, adds()), poll);
    }

    void runI8(Kernels kernels, byte[] memory, LongConsumer poll) {
        var termsAreSideBySide = isByColumns() || width == 1;
        if (termsAreSideBySide && depth >= DOT_TERMS && Math.min(height, width) <= kernels.rowsByDots())
            runByDots(kernels, memory, poll);
        else runInBlocks(kernels, new ByteCells(memory, adds()), poll);
    }

    private void runInBlocks(Kernels kernels, Cells cells, LongConsumer poll) {
        if (result.bytes() == 0) return;
        var rightFactor = isByColumns()
                ? new Operand.ColumnMajor(right.address(), (int) depth)
                : new Operand.RowMajor(right.address(), (int) width);
        new Product(kernels, cells, (int) height, (int) depth, (int) width)
                .run(new Operand.RowMajor(left.address(), (int) depth), rightFactor, result.address(), poll);
    }

    private void runByDots(Kernels kernels, byte[] memory, LongConsumer poll) {
        var cells = result.bytes() / Integer.BYTES;
        for (var cell = 0; cell < cells; cell++) {
            if (cell % DOTS_BETWEEN_POLLS == 0) poll.accept(0);
            var row = left.address() + (int) depth * (cell / (int) width);
            var column = right.address() + (int) depth * (cell % (int) width);
            var at = result.address() + cell * Integer.BYTES;
            var before = adds() ? (int) MemoryAccess.INT.get(memory, at) : 0;
            MemoryAccess.INT.set(memory, at, before + kernels.dot(memory, row, column, (int) depth));
        }
    }

    private boolean adds() {
        return (flags & ADDS) != 0;
    }

    private boolean isByColumns() {
        return (flags & RIGHT_BY_COLUMNS) != 0;
    }
}
