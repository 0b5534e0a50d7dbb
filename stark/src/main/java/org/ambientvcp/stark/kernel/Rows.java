package org.ambientvcp.stark.kernel;

/// What a thread copies parts of columns to, where a loop needs arrays of its own.
final class Rows {
    /// Values of a part.
    static final int SIZE = 512;

    private static final ThreadLocal<Rows> OF_THREAD = ThreadLocal.withInitial(Rows::new);

    final int[] x = new int[SIZE + 1];
    final int[] y = new int[SIZE + 1];
    final int[] z = new int[SIZE + 1];
    final int[] u = new int[SIZE + 1];
    /// The roots of blocks side by side: of a layer, and of the two halves in the next.
    final int[] roots = new int[SIZE + 1];
    final int[] firstRoots = new int[SIZE + 1];
    final int[] secondRoots = new int[SIZE + 1];
    final int[][] lanes = new int[Kernels.LANES][SIZE + 1];
    final int[][] left = new int[6][SIZE + 1];
    final int[][] right = new int[6][SIZE + 1];
    final int[][] wrapped = new int[6][SIZE + 1];
    final long[] sum = new long[SIZE + 1];
    final int[][] state = new int[16][Kernels.MESSAGES + 1];
    final int[] before = new int[Kernels.MESSAGES + 1];
    final int[][] message = new int[16][Kernels.MESSAGES + 1];

    private Rows() {}

    /// What coefficient `i` of the left factor is multiplied with for coefficient `k` of a product.
    int[] factor(int k, int i, int degree) {
        return i <= k ? right[k - i] : wrapped[degree + k - i];
    }

    static Rows ofThread() {
        return OF_THREAD.get();
    }
}
