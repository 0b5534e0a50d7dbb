package org.ambientvcp.stark.kernel;

/// The transforms of 16 values in the lanes of [Kernels#splitLanes], in plain Java: many blocks side by side, each lane
/// in an array of its own, so that all values of an array have the same root.
final class PlainLanes {
    private static final int LANES = Kernels.LANES;
    private static final int BLOCK = LANES * LANES;
    private static final int TOGETHER = Rows.SIZE / LANES;

    private PlainLanes() {}

    static void split(int[] a, int at, int blocks, int[] roots) {
        var lanes = Rows.ofThread().lanes;
        for (var block = 0; block < blocks; block += TOGETHER) {
            var count = Math.min(TOGETHER, blocks - block);
            var start = at + block * BLOCK;
            for (var lane = 0; lane < LANES; lane++) takeLane(a, start + lane, lanes[lane], count * LANES);
            for (var half = LANES / 2; half > 0; half /= 2) layer(lanes, half, count * LANES, roots, true);
            for (var row = 0; row < LANES; row++)
                PlainTransform.give(lanes[row], a, start + row * LANES, BLOCK, LANES, count);
        }
    }

    static void merge(int[] a, int at, int blocks, int[] roots) {
        var lanes = Rows.ofThread().lanes;
        for (var block = 0; block < blocks; block += TOGETHER) {
            var count = Math.min(TOGETHER, blocks - block);
            var start = at + block * BLOCK;
            for (var row = 0; row < LANES; row++)
                PlainTransform.take(a, start + row * LANES, BLOCK, lanes[row], LANES, count);
            for (var half = 1; half < LANES; half *= 2) layer(lanes, half, count * LANES, roots, false);
            for (var lane = 0; lane < LANES; lane++) giveLane(lanes[lane], a, start + lane, count * LANES);
        }
    }

    private static void layer(int[][] lanes, int half, int size, int[] roots, boolean split) {
        for (var block = 0; block < LANES / (2 * half); block++)
            for (var i = 2 * half * block; i < 2 * half * block + half; i++)
                PlainTransform.butterflies(lanes[i], lanes[i + half], roots[block], size, split);
    }

    private static void takeLane(int[] a, int at, int[] lane, int count) {
        for (var i = 0; i < count; i++) lane[i] = a[at + LANES * i];
    }

    private static void giveLane(int[] lane, int[] a, int at, int count) {
        for (var i = 0; i < count; i++) a[at + LANES * i] = lane[i];
    }
}
