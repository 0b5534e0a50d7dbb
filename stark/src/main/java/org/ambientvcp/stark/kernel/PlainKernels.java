package org.ambientvcp.stark.kernel;

import java.util.Arrays;
import org.ambientvcp.stark.field.BabyBear;

/// The inner loops in plain Java: what every JVM runs, and what the other implementation is compared with.
public final class PlainKernels implements Kernels {
    @Override
    public void compress(int[] state, int[] message, int[] work, int bytes, boolean last) {
        System.arraycopy(state, 0, work, 0, 8 * LANES);
        for (var i = 0; i < 8; i++) {
            var word = Blake2sConstants.iv(i);
            if (i == 4) word ^= bytes;
            if (i == 6 && last) word = ~word;
            Arrays.fill(work, (8 + i) * LANES, (9 + i) * LANES, word);
        }
        for (var round = 0; round < Blake2sConstants.ROUNDS; round++) {
            for (var i = 0; i < 8; i++) {
                var column = i & 3;
                var shift = i < 4 ? 0 : 1;
                mix(
                        work,
                        column * LANES,
                        (4 + ((column + shift) & 3)) * LANES,
                        (8 + ((column + 2 * shift) & 3)) * LANES,
                        (12 + ((column + 3 * shift) & 3)) * LANES,
                        message,
                        Blake2sConstants.sigma(round, 2 * i) * LANES,
                        Blake2sConstants.sigma(round, 2 * i + 1) * LANES);
            }
        }
        for (var i = 0; i < 8 * LANES; i++) state[i] ^= work[i] ^ work[8 * LANES + i];
    }

    private static void mix(int[] v, int a, int b, int c, int d, int[] m, int x, int y) {
        for (var i = 0; i < LANES; i++) {
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

    @Override
    public void toCanonical(int[] values, int from, int[] canonical, int to, int count) {
        for (var i = 0; i < count; i++) canonical[to + i] = BabyBear.toCanonical(values[from + i]);
    }
}
