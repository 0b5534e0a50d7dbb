package org.ambientvcp.stark.polynomial;

import org.ambientvcp.stark.field.BabyBear;

/// The transform of few values, in plain Java and with coefficients in order.
record SmallTransform(int logRows) implements Transform {
    @Override
    public int position(int k) {
        return k;
    }

    @Override
    public void inverse(int[] a, int at) {
        var root = BabyBear.rootOfUnity(logRows);
        transform(a, at, BabyBear.inverse(root));
        var factor = BabyBear.inverse(BabyBear.of(1L << logRows));
        for (var i = at; i < at + (1 << logRows); i++) a[i] = BabyBear.mul(a[i], factor);
    }

    @Override
    public void forward(int[] a, int at) {
        transform(a, at, BabyBear.rootOfUnity(logRows));
    }

    /// Σ a_k · ω^(ik) for every i.
    private void transform(int[] a, int at, int root) {
        var n = 1 << logRows;
        for (var i = 0; i < n; i++) {
            var j = logRows == 0 ? 0 : Integer.reverse(i) >>> (32 - logRows);
            if (i < j) {
                var swap = a[at + i];
                a[at + i] = a[at + j];
                a[at + j] = swap;
            }
        }
        for (var log = 1; log <= logRows; log++) {
            var half = 1 << (log - 1);
            var step = BabyBear.toThePowerOfTwo(root, logRows - log);
            for (var block = at; block < at + n; block += 2 * half) {
                var w = BabyBear.ONE;
                for (var i = block; i < block + half; i++) {
                    var u = a[i];
                    var v = BabyBear.mul(a[i + half], w);
                    a[i] = BabyBear.add(u, v);
                    a[i + half] = BabyBear.sub(u, v);
                    w = BabyBear.mul(w, step);
                }
            }
        }
    }
}
