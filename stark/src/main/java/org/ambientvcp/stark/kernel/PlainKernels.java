package org.ambientvcp.stark.kernel;

import org.ambientvcp.stark.field.BabyBear;

/// The inner loops in plain Java: what every JVM runs, and what the other implementation is compared with. Parts of the
/// columns are copied to arrays of the thread, where C2 can make vectors of the loops.
public final class PlainKernels implements Kernels {
    private static final int SIZE = Rows.SIZE;

    @Override
    public void add(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += SIZE) {
            var size = load(a, atA, b, atB, done, count, rows);
            PlainLoops.add(rows.x, rows.y, rows.z, size);
            System.arraycopy(rows.z, 0, out, to + done, size);
        }
    }

    @Override
    public void sub(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += SIZE) {
            var size = load(a, atA, b, atB, done, count, rows);
            PlainLoops.sub(rows.x, rows.y, rows.z, size);
            System.arraycopy(rows.z, 0, out, to + done, size);
        }
    }

    @Override
    public void mul(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += SIZE) {
            var size = load(a, atA, b, atB, done, count, rows);
            PlainLoops.mul(rows.x, rows.y, rows.z, size);
            System.arraycopy(rows.z, 0, out, to + done, size);
        }
    }

    @Override
    public void addConstant(int[] a, int atA, int constant, int[] out, int to, int count) {
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += SIZE) {
            var size = load(a, atA, a, atA, done, count, rows);
            PlainLoops.addConstant(rows.x, constant, rows.z, size);
            System.arraycopy(rows.z, 0, out, to + done, size);
        }
    }

    @Override
    public void mulConstant(int[] a, int atA, int constant, int[] out, int to, int count) {
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += SIZE) {
            var size = load(a, atA, a, atA, done, count, rows);
            PlainLoops.mulConstant(rows.x, constant, rows.z, size);
            System.arraycopy(rows.z, 0, out, to + done, size);
        }
    }

    @Override
    public void addScaled(int[] a, int atA, int constant, int[] sum, int at, int count) {
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += SIZE) {
            var size = load(a, atA, sum, at, done, count, rows);
            PlainLoops.addScaled(rows.x, constant, rows.y, size);
            System.arraycopy(rows.y, 0, sum, at + done, size);
        }
    }

    private static int load(int[] a, int atA, int[] b, int atB, int done, int count, Rows rows) {
        var size = Math.min(SIZE, count - done);
        System.arraycopy(a, atA + done, rows.x, 0, size);
        System.arraycopy(b, atB + done, rows.y, 0, size);
        return size;
    }

    @Override
    public void multiply(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        PlainExtension.multiply(a, atA, b, atB, out, to, count);
    }

    @Override
    public void addWeighted(
            int[] a0,
            int[] a1,
            int[] a2,
            int[] a3,
            int from,
            int[] weights,
            int first,
            int[][] sum,
            int at,
            int count) {
        PlainExtension.addWeighted(a0, a1, a2, a3, from, weights, first, sum, at, count);
    }

    @Override
    public void addProducts(int[] a, int from, int[][] weights, int at, int count, int[] sums) {
        var rows = Rows.ofThread();
        for (var done = 0; done < count; done += SIZE) {
            for (var k = 0; k < weights.length; k++) {
                var size = load(a, from, weights[k], at, done, count, rows);
                sums[k] = BabyBear.add(sums[k], PlainLoops.total(rows.x, rows.y, size));
            }
        }
    }

    @Override
    public void split2(int[] a, int at, int part, int blocks, int first, int[] roots) {
        PlainTransform.layer(a, at, part, blocks, first, roots, true);
    }

    @Override
    public void split4(int[] a, int at, int part, int blocks, int first, int[] roots) {
        PlainTransform.twoLayers(a, at, part, blocks, first, roots, true);
    }

    @Override
    public void merge2(int[] a, int at, int part, int blocks, int first, int[] roots) {
        PlainTransform.layer(a, at, part, blocks, first, roots, false);
    }

    @Override
    public void merge4(int[] a, int at, int part, int blocks, int first, int[] roots) {
        PlainTransform.twoLayers(a, at, part, blocks, first, roots, false);
    }

    @Override
    public void splitLanes(int[] a, int at, int blocks, int[] roots) {
        PlainLanes.split(a, at, blocks, roots);
    }

    @Override
    public void mergeLanes(int[] a, int at, int blocks, int[] roots) {
        PlainLanes.merge(a, at, blocks, roots);
    }

    @Override
    public void compress(int[] state, int[] message, int bytes, boolean last) {
        PlainHash.compress(state, message, bytes, last);
    }
}
