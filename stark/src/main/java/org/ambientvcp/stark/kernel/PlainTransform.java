package org.ambientvcp.stark.kernel;

import java.util.Arrays;

/// Layers of transforms in plain Java. Long blocks are worked on part by part, with their root; short ones side by
/// side, each value with the root of its block.
final class PlainTransform {
    private static final int SHORT = 128;

    private PlainTransform() {}

    static void layer(int[] a, int at, int part, int blocks, int first, int[] roots, boolean split) {
        var rows = Rows.ofThread();
        if (part < SHORT) {
            var together = Rows.SIZE / part;
            for (var block = 0; block < blocks; block += together) {
                var count = Math.min(together, blocks - block);
                shortBlocks(rows, a, at + block * 2 * part, part, count, first + block, roots, split);
            }
            return;
        }
        for (var block = 0; block < blocks; block++) {
            var start = at + block * 2 * part;
            for (var done = 0; done < part; done += Rows.SIZE) {
                var size = Math.min(Rows.SIZE, part - done);
                System.arraycopy(a, start + done, rows.x, 0, size);
                System.arraycopy(a, start + part + done, rows.y, 0, size);
                if (split) PlainLoops.split(rows.x, rows.y, roots[first + block], size);
                else PlainLoops.merge(rows.x, rows.y, roots[first + block], size);
                System.arraycopy(rows.x, 0, a, start + done, size);
                System.arraycopy(rows.y, 0, a, start + part + done, size);
            }
        }
    }

    private static void shortBlocks(
            Rows rows, int[] a, int at, int part, int blocks, int first, int[] roots, boolean split) {
        for (var block = 0; block < blocks; block++) {
            System.arraycopy(a, at + block * 2 * part, rows.x, block * part, part);
            System.arraycopy(a, at + block * 2 * part + part, rows.y, block * part, part);
            Arrays.fill(rows.z, block * part, (block + 1) * part, roots[first + block]);
        }
        var size = blocks * part;
        if (split) PlainLoops.mul(rows.y, rows.z, rows.y, size);
        PlainLoops.addSub(rows.x, rows.y, size);
        if (!split) PlainLoops.mul(rows.y, rows.z, rows.y, size);
        for (var block = 0; block < blocks; block++) {
            System.arraycopy(rows.x, block * part, a, at + block * 2 * part, part);
            System.arraycopy(rows.y, block * part, a, at + block * 2 * part + part, part);
        }
    }
}
