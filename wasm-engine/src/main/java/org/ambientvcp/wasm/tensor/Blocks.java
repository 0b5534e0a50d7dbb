package org.ambientvcp.wasm.tensor;

/// Room for a block of each factor of a product and for the sums of one of the result, at most 0.9 MB: the second level
/// cache holds it. Its contents are left over from whatever used it before.
final class Blocks {
    static final int ROWS = 128;
    static final int TERMS = Cells.MOST_TERMS;
    /// A multiple of 3 times 16: tiles of three vectors.
    static final int COLUMNS = 480;

    /// Numbers of a product for which new arrays cost less than warm ones are worth.
    private static final int SMALL = 1 << 12;

    private static final ThreadLocal<Blocks> OF_THREAD =
            ThreadLocal.withInitial(() -> new Blocks(ROWS, TERMS, COLUMNS));

    final float[][] left;
    final float[][] right;
    final float[][] sums;

    private Blocks(int rows, int terms, int columns) {
        left = new float[rows][terms];
        right = new float[terms][columns];
        sums = new float[rows][columns];
    }

    /// Room for the largest blocks that a product of such extents is done in; the thread's own for all but small
    /// ones.
    static Blocks of(int height, int depth, int width) {
        var rows = padded(Math.min(height, ROWS), Kernels.ROWS);
        var terms = Math.min(depth, TERMS);
        var columns = padded(Math.min(width, COLUMNS), Kernels.COLUMNS);
        var isSmall = rows * terms + terms * columns + rows * columns <= SMALL;
        return isSmall ? new Blocks(rows, terms, columns) : OF_THREAD.get();
    }

    private static int padded(int length, int step) {
        return (length + step - 1) / step * step;
    }
}
