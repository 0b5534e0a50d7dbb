package org.ambientvcp.wasm.tensor;

/// What the functions cost, on top of the call of a host function: about as many gas as they take nanoseconds. Part of
/// the protocol: a change changes results.
final class TensorGas {
    /// Every call of anything but `dot_i8` and `relu`.
    static final long CALL = 256;

    /// Columns that are multiplied at once.
    private static final long STRIP = 16;
    /// Strips that cost twice as much, because short rows are slow.
    private static final long SHORT = 8;

    private static final long IMAGE = 128;
    private static final long LINE = 512;

    private TensorGas() {}

    /// Nothing overflows: any two of the extents are those of a matrix in memory.
    static long product(long height, long depth, long width) {
        return CALL
                + multiplications(height, depth, width)
                + depth * width
                + height * width / 4
                + (32 * height + 8 * depth) * ceilDiv(width, LINE);
    }

    /// @param lines rows of one output image
    /// @param places pixels of one output image
    static long convolution(long images, long filters, long depth, long lines, long places) {
        var image = IMAGE
                + multiplications(filters, depth, places)
                + depth * (places + 16 * lines)
                + filters * places / 4
                + (32 * filters + 8 * depth) * ceilDiv(places, LINE);
        return CALL + images * image;
    }

    private static long multiplications(long height, long depth, long width) {
        var strips = ceilDiv(width, STRIP);
        return height * depth * (strips + Math.min(strips, SHORT));
    }

    static long softmax(long rows, long columns) {
        return CALL + rows * columns * 16 + (columns == 0 ? 0 : rows * 128);
    }

    static long rectifier(long bytes) {
        return ceilDiv(bytes, 8);
    }

    static long dot(long count) {
        return ceilDiv(count, 4);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
