package org.ambientvcp.stark.kernel;

import java.util.Arrays;
import org.ambientvcp.stark.field.BabyBear;

/// The inner loops in plain Java: what every JVM runs, and what the other implementation is compared with. They are
/// simple enough for C2 to vectorise those over base elements.
public final class PlainKernels implements Kernels {
    @Override
    public void add(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.add(a[atA + i], b[atB + i]);
    }

    @Override
    public void sub(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.sub(a[atA + i], b[atB + i]);
    }

    @Override
    public void mul(int[] a, int atA, int[] b, int atB, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.mul(a[atA + i], b[atB + i]);
    }

    @Override
    public void addConstant(int[] a, int atA, int constant, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.add(a[atA + i], constant);
    }

    @Override
    public void mulConstant(int[] a, int atA, int constant, int[] out, int to, int count) {
        for (var i = 0; i < count; i++) out[to + i] = BabyBear.mul(a[atA + i], constant);
    }

    @Override
    public void addScaled(int[] a, int atA, int constant, int[] sum, int at, int count) {
        for (var i = 0; i < count; i++) sum[at + i] = BabyBear.add(sum[at + i], BabyBear.mul(a[atA + i], constant));
    }

    @Override
    public void multiply(int[][] a, int atA, int[][] b, int atB, int[][] out, int to, int count) {
        if (a.length == 5) PlainExtension.multiply5(a, atA, b, atB, out, to, count);
        else PlainExtension.multiply6(a, atA, b, atB, out, to, count);
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
            addFourProducts(
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

    private static void addFourProducts(
            int[] a0,
            int[] a1,
            int[] a2,
            int[] a3,
            int from,
            int w0,
            int w1,
            int w2,
            int w3,
            int[] sum,
            int at,
            int count) {
        for (var i = 0; i < count; i++) {
            var two = BabyBear.add(BabyBear.mul(a0[from + i], w0), BabyBear.mul(a1[from + i], w1));
            var four = BabyBear.add(BabyBear.mul(a2[from + i], w2), BabyBear.mul(a3[from + i], w3));
            sum[at + i] = BabyBear.add(sum[at + i], BabyBear.add(two, four));
        }
    }

    @Override
    public void addProducts(int[] a, int from, int[][] weights, int at, int count, int[] sums) {
        for (var k = 0; k < weights.length; k++) {
            var weight = weights[k];
            var sum = 0L; // fewer than 2^33 elements do not overflow it
            for (var i = 0; i < count; i++) sum += BabyBear.mul(a[from + i], weight[at + i]);
            sums[k] = BabyBear.add(sums[k], (int) (sum % BabyBear.P));
        }
    }

    @Override
    public void split2(int[] a, int at, int part, int blocks, int first, int[] roots) {
        for (var block = 0; block < blocks; block++) {
            var w = roots[first + block];
            var x = at + block * 2 * part;
            for (var i = x; i < x + part; i++) {
                var u = a[i];
                var v = BabyBear.mul(a[i + part], w);
                a[i] = BabyBear.add(u, v);
                a[i + part] = BabyBear.sub(u, v);
            }
        }
    }

    @Override
    public void split4(int[] a, int at, int part, int blocks, int first, int[] roots) {
        split2(a, at, 2 * part, blocks, first, roots);
        split2(a, at, part, 2 * blocks, 2 * first, roots);
    }

    @Override
    public void merge2(int[] a, int at, int part, int blocks, int first, int[] roots) {
        for (var block = 0; block < blocks; block++) {
            var w = roots[first + block];
            var x = at + block * 2 * part;
            for (var i = x; i < x + part; i++) {
                var u = a[i];
                var v = a[i + part];
                a[i] = BabyBear.add(u, v);
                a[i + part] = BabyBear.mul(BabyBear.sub(u, v), w);
            }
        }
    }

    @Override
    public void merge4(int[] a, int at, int part, int blocks, int first, int[] roots) {
        merge2(a, at, part, 2 * blocks, 2 * first, roots);
        merge2(a, at, 2 * part, blocks, first, roots);
    }

    @Override
    public void transpose(int[] a, int at) {
        transposed(a, at);
    }

    static void transposed(int[] a, int at) {
        for (var row = 1; row < LANES; row++) {
            for (var column = 0; column < row; column++) {
                var i = at + LANES * row + column;
                var j = at + LANES * column + row;
                var swap = a[i];
                a[i] = a[j];
                a[j] = swap;
            }
        }
    }

    @Override
    public void compress(int[] state, int[] message, int[] work, int bytes, boolean last) {
        System.arraycopy(state, 0, work, 0, 8 * MESSAGES);
        for (var i = 0; i < 8; i++) {
            var word = Blake2sConstants.iv(i);
            if (i == 4) word ^= bytes;
            if (i == 6 && last) word = ~word;
            Arrays.fill(work, (8 + i) * MESSAGES, (9 + i) * MESSAGES, word);
        }
        for (var round = 0; round < Blake2sConstants.ROUNDS; round++) {
            for (var i = 0; i < 8; i++) {
                var column = i & 3;
                var shift = i < 4 ? 0 : 1;
                mix(
                        work,
                        column * MESSAGES,
                        (4 + ((column + shift) & 3)) * MESSAGES,
                        (8 + ((column + 2 * shift) & 3)) * MESSAGES,
                        (12 + ((column + 3 * shift) & 3)) * MESSAGES,
                        message,
                        Blake2sConstants.sigma(round, 2 * i) * MESSAGES,
                        Blake2sConstants.sigma(round, 2 * i + 1) * MESSAGES);
            }
        }
        for (var i = 0; i < 8 * MESSAGES; i++) state[i] ^= work[i] ^ work[8 * MESSAGES + i];
    }

    private static void mix(int[] v, int a, int b, int c, int d, int[] m, int x, int y) {
        for (var i = 0; i < MESSAGES; i++) {
            var va = v[a + i] + v[b + i] + m[x + i];
            var vd = Integer.rotateRight(v[d + i] ^ va, 16);
            var vc = v[c + i] + vd;
            var vb = Integer.rotateRight(v[b + i] ^ vc, 12);
            va += vb + m[y + i];
            vd = Integer.rotateRight(vd ^ va, 8);
            vc += vd;
            v[a + i] = va;
            v[b + i] = Integer.rotateRight(vb ^ vc, 7);
            v[c + i] = vc;
            v[d + i] = vd;
        }
    }
}
