package org.ambientvcp.stark.kernel;

import java.util.Arrays;

/// The compression of BLAKE2s in plain Java, a message in every lane.
final class PlainHash {
    private static final int LANES = Kernels.MESSAGES;

    private PlainHash() {}

    static void compress(int[] state, int[] message, int bytes, boolean last) {
        var rows = Rows.ofThread();
        var v = rows.state;
        var m = rows.message;
        for (var i = 0; i < 16; i++) System.arraycopy(message, i * LANES, m[i], 0, LANES);
        for (var i = 0; i < 8; i++) {
            System.arraycopy(state, i * LANES, v[i], 0, LANES);
            var word = Blake2sConstants.iv(i);
            if (i == 4) word ^= bytes;
            if (i == 6 && last) word = ~word;
            Arrays.fill(v[8 + i], word);
        }
        for (var round = 0; round < Blake2sConstants.ROUNDS; round++) {
            for (var i = 0; i < 8; i++) {
                var shift = i < 4 ? 0 : 1;
                mix(
                        v[i & 3],
                        v[4 + ((i + shift) & 3)],
                        v[8 + ((i + 2 * shift) & 3)],
                        v[12 + ((i + 3 * shift) & 3)],
                        m[Blake2sConstants.sigma(round, 2 * i)],
                        m[Blake2sConstants.sigma(round, 2 * i + 1)]);
            }
        }
        var before = rows.before;
        for (var i = 0; i < 8; i++) {
            System.arraycopy(state, i * LANES, before, 0, LANES);
            exclusiveOr(before, v[i], v[8 + i]);
            System.arraycopy(before, 0, state, i * LANES, LANES);
        }
    }

    private static void exclusiveOr(int[] a, int[] b, int[] c) {
        for (var i = 0; i <= LANES; i++) a[i] ^= b[i] ^ c[i];
    }

    private static void mix(int[] a, int[] b, int[] c, int[] d, int[] x, int[] y) {
        for (var i = 0; i <= LANES; i++) {
            var va = a[i] + b[i] + x[i];
            var vd = Integer.rotateRight(d[i] ^ va, 16);
            var vc = c[i] + vd;
            var vb = Integer.rotateRight(b[i] ^ vc, 12);
            va += vb + y[i];
            vd = Integer.rotateRight(vd ^ va, 8);
            vc += vd;
            a[i] = va;
            b[i] = Integer.rotateRight(vb ^ vc, 7);
            c[i] = vc;
            d[i] = vd;
        }
    }
}
