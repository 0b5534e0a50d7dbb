package org.ambientvcp.stark.kernel;

import java.util.Arrays;
import org.ambientvcp.stark.field.BabyBear;

/// Layers of transforms in plain Java, two for one copy. Long parts are worked on piece by piece, with their root;
/// short
/// ones side by side, each value with the root of its block.
final class PlainTransform {
    private static final int SHORT = 128;

    private PlainTransform() {}

    static void layer(int[] a, int at, int part, int blocks, int first, int[] roots, boolean split) {
        var rows = Rows.ofThread();
        var together = together(part);
        for (var block = 0; block < blocks; block += together) {
            var count = Math.min(together, blocks - block);
            for (var done = 0; done < part; done += Rows.SIZE) {
                var start = at + block * 2 * part + done;
                var size = Math.min(Rows.SIZE, part - done);
                take(a, start, 2 * part, rows.x, size, count);
                take(a, start + part, 2 * part, rows.y, size, count);
                if (count == 1) {
                    butterflies(rows.x, rows.y, roots[first + block], size, split);
                } else {
                    for (var k = 0; k < count; k++) fill(rows.roots, k, size, roots[first + block + k]);
                    if (split) PlainLoops.mul(rows.y, rows.roots, rows.y, count * size);
                    PlainLoops.addSub(rows.x, rows.y, count * size);
                    if (!split) PlainLoops.mul(rows.y, rows.roots, rows.y, count * size);
                }
                give(rows.x, a, start, 2 * part, size, count);
                give(rows.y, a, start + part, 2 * part, size, count);
            }
        }
    }

    static void twoLayers(int[] a, int at, int part, int blocks, int first, int[] roots, boolean split) {
        var rows = Rows.ofThread();
        var together = together(part);
        for (var block = 0; block < blocks; block += together) {
            var count = Math.min(together, blocks - block);
            for (var done = 0; done < part; done += Rows.SIZE) {
                var start = at + block * 4 * part + done;
                var size = Math.min(Rows.SIZE, part - done);
                take(a, start, 4 * part, rows.x, size, count);
                take(a, start + part, 4 * part, rows.y, size, count);
                take(a, start + 2 * part, 4 * part, rows.z, size, count);
                take(a, start + 3 * part, 4 * part, rows.u, size, count);
                if (count == 1) oneBlock(rows, roots, first + block, size, split);
                else manyBlocks(rows, roots, first + block, count, size, split);
                give(rows.x, a, start, 4 * part, size, count);
                give(rows.y, a, start + part, 4 * part, size, count);
                give(rows.z, a, start + 2 * part, 4 * part, size, count);
                give(rows.u, a, start + 3 * part, 4 * part, size, count);
            }
        }
    }

    private static void oneBlock(Rows rows, int[] roots, int block, int size, boolean split) {
        if (!split) {
            butterflies(rows.x, rows.y, roots[2 * block], size, false);
            butterflies(rows.z, rows.u, roots[2 * block + 1], size, false);
        }
        butterflies(rows.x, rows.z, roots[block], size, split);
        butterflies(rows.y, rows.u, roots[block], size, split);
        if (split) {
            butterflies(rows.x, rows.y, roots[2 * block], size, true);
            butterflies(rows.z, rows.u, roots[2 * block + 1], size, true);
        }
    }

    private static void manyBlocks(Rows rows, int[] roots, int first, int count, int size, boolean split) {
        for (var k = 0; k < count; k++) {
            fill(rows.roots, k, size, roots[first + k]);
            fill(rows.firstRoots, k, size, roots[2 * (first + k)]);
            fill(rows.secondRoots, k, size, roots[2 * (first + k) + 1]);
        }
        var all = count * size;
        if (!split) {
            PlainLoops.addSub(rows.x, rows.y, all);
            PlainLoops.addSub(rows.z, rows.u, all);
            PlainLoops.mul(rows.y, rows.firstRoots, rows.y, all);
            PlainLoops.mul(rows.u, rows.secondRoots, rows.u, all);
            PlainLoops.addSub(rows.x, rows.z, all);
            PlainLoops.addSub(rows.y, rows.u, all);
        }
        PlainLoops.mul(rows.z, rows.roots, rows.z, all);
        PlainLoops.mul(rows.u, rows.roots, rows.u, all);
        if (split) {
            PlainLoops.addSub(rows.x, rows.z, all);
            PlainLoops.addSub(rows.y, rows.u, all);
            PlainLoops.mul(rows.y, rows.firstRoots, rows.y, all);
            PlainLoops.mul(rows.u, rows.secondRoots, rows.u, all);
            PlainLoops.addSub(rows.x, rows.y, all);
            PlainLoops.addSub(rows.z, rows.u, all);
        }
    }

    /// One layer of two arrays with one root, which often is 1.
    static void butterflies(int[] x, int[] y, int root, int size, boolean split) {
        if (root == BabyBear.ONE) PlainLoops.addSub(x, y, size);
        else if (split) PlainLoops.split(x, y, root, size);
        else PlainLoops.merge(x, y, root, size);
    }

    /// How many blocks are worked on side by side.
    private static int together(int part) {
        return part < SHORT ? Rows.SIZE / part : 1;
    }

    /// Copies `count` pieces of `size` values, `stride` apart, to the beginning of `row`.
    static void take(int[] a, int at, int stride, int[] row, int size, int count) {
        for (var k = 0; k < count; k++) System.arraycopy(a, at + k * stride, row, k * size, size);
    }

    static void give(int[] row, int[] a, int at, int stride, int size, int count) {
        for (var k = 0; k < count; k++) System.arraycopy(row, k * size, a, at + k * stride, size);
    }

    private static void fill(int[] row, int k, int size, int root) {
        Arrays.fill(row, k * size, (k + 1) * size, root);
    }
}
