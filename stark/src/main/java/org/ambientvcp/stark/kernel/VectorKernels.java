package org.ambientvcp.stark.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.ambientvcp.stark.field.BabyBear;

/// The inner loops with the Vector API, in code that the build generates. A vector is at most [Kernels#LANES] lanes,
/// and the number of lanes divides that: results do not depend on it.
public final class VectorKernels implements Kernels {
    static final VectorSpecies<Integer> INTS =
            IntVector.SPECIES_PREFERRED.length() <= Kernels.LANES ? IntVector.SPECIES_PREFERRED : IntVector.SPECIES_512;
    static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, INTS.vectorShape());
    static final int LANES = INTS.length();

    /// How much of a column is still near when it is read again: 16 KiB.
    private static final int NEAR = 1 << 12;

    /// 16 rows of 16 values.
    private static final int BLOCK = Kernels.LANES * Kernels.LANES;

    @Override
    public void add(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        FieldVectors.add(a, atA, b, atB, out, to, count);
    }

    @Override
    public void sub(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        FieldVectors.sub(a, atA, b, atB, out, to, count);
    }

    @Override
    public void mul(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        FieldVectors.mul(a, atA, b, atB, out, to, count);
    }

    @Override
    public void addConstant(int[] a, int atA, int constant, int[] out, int to, int count) {
        FieldVectors.addConstant(a, atA, constant, out, to, count);
    }

    @Override
    public void mulConstant(int[] a, int atA, int constant, int[] out, int to, int count) {
        FieldVectors.mulConstant(a, atA, constant, out, to, count);
    }

    @Override
    public void addScaled(int[] a, int atA, int constant, int[] sum, int at, int count) {
        FieldVectors.addScaled(a, atA, constant, sum, at, count);
    }

    @Override
    public void multiply(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        VectorExtension.multiply(a, atA, b, atB, out, to, count);
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
        var d = sum.length;
        for (var k = 0; k < d; k++) {
            var w = first + k;
            ExtensionVectors.addWeighted(
                    a0,
                    a1,
                    a2,
                    a3,
                    from,
                    weights[w],
                    weights[w + d],
                    weights[w + 2 * d],
                    weights[w + 3 * d],
                    sum[k],
                    at,
                    count);
        }
    }

    @Override
    public void addProducts(int[] a, int from, int[][] weights, int at, int count, int[] sums) {
        for (var done = 0; done < count; done += NEAR) {
            var size = Math.min(NEAR, count - done);
            for (var k = 0; k < weights.length; k++) {
                var total = ExtensionVectors.total(a, from + done, weights[k], at + done, size);
                sums[k] = BabyBear.add(sums[k], total);
            }
        }
    }

    @Override
    public void split2(int[] a, int at, int part, int blocks, int first, int[] roots) {
        TransformVectors.split2(a, at, part, blocks, first, roots);
    }

    @Override
    public void split4(int[] a, int at, int part, int blocks, int first, int[] roots) {
        TransformVectors.split4(a, at, part, blocks, first, roots);
    }

    @Override
    public void merge2(int[] a, int at, int part, int blocks, int first, int[] roots) {
        TransformVectors.merge2(a, at, part, blocks, first, roots);
    }

    @Override
    public void merge4(int[] a, int at, int part, int blocks, int first, int[] roots) {
        TransformVectors.merge4(a, at, part, blocks, first, roots);
    }

    @Override
    public void splitLanes(int[] a, int at, int blocks, int[] roots) {
        for (var block = at; block < at + blocks * BLOCK; block += BLOCK) {
            transpose(a, block);
            TransformVectors.split4(a, block, BLOCK / 4, 1, 0, roots);
            TransformVectors.split4(a, block, BLOCK / 16, 4, 0, roots);
        }
    }

    @Override
    public void mergeLanes(int[] a, int at, int blocks, int[] roots) {
        for (var block = at; block < at + blocks * BLOCK; block += BLOCK) {
            TransformVectors.merge4(a, block, BLOCK / 16, 4, 0, roots);
            TransformVectors.merge4(a, block, BLOCK / 4, 1, 0, roots);
            transpose(a, block);
        }
    }

    private static void transpose(int[] a, int at) {
        if (LANES == Kernels.LANES) {
            TransformVectors.transpose(a, at);
            return;
        }
        for (var row = 1; row < Kernels.LANES; row++) {
            for (var column = 0; column < row; column++) {
                var i = at + Kernels.LANES * row + column;
                var j = at + Kernels.LANES * column + row;
                var swap = a[i];
                a[i] = a[j];
                a[j] = swap;
            }
        }
    }

    @Override
    public void compress(int[] state, int[] message, int bytes, boolean last) {
        for (var lane = 0; lane < MESSAGES; lane += LANES)
            HashVectors.compress(state, message, lane, bytes, last ? -1 : 0);
    }
}
