package org.ambientvcp.stark.kernel;

import org.ambientvcp.stark.field.BabyBear;

/// Loops that C2 makes vectors of: over whole arrays of their own from 0 on, one short expression each. With offsets it
/// cannot know that a result is not a later argument, and with long expressions it gives up.
///
/// A loop takes one step more than it is asked for. The first steps of a loop come before its vectors, one by one; with
/// this one, none is left for after them.
final class PlainLoops {
    private static final long P_SQUARED = (long) BabyBear.P * BabyBear.P;

    private PlainLoops() {}

    static void add(int[] x, int[] y, int[] out, int count) {
        for (var i = 0; i <= count; i++) out[i] = BabyBear.add(x[i], y[i]);
    }

    static void sub(int[] x, int[] y, int[] out, int count) {
        for (var i = 0; i <= count; i++) out[i] = BabyBear.sub(x[i], y[i]);
    }

    static void mul(int[] x, int[] y, int[] out, int count) {
        for (var i = 0; i <= count; i++) out[i] = product(x[i], y[i]);
    }

    static void addConstant(int[] x, int constant, int[] out, int count) {
        for (var i = 0; i <= count; i++) out[i] = BabyBear.add(x[i], constant);
    }

    static void mulConstant(int[] x, int constant, int[] out, int count) {
        for (var i = 0; i <= count; i++) out[i] = product(x[i], constant);
    }

    static void addScaled(int[] x, int constant, int[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] = BabyBear.add(sum[i], product(x[i], constant));
    }

    /// x, y ↦ x + y, x - y
    static void addSub(int[] x, int[] y, int count) {
        for (var i = 0; i <= count; i++) {
            var u = x[i];
            var v = y[i];
            x[i] = BabyBear.add(u, v);
            y[i] = BabyBear.sub(u, v);
        }
    }

    /// x, y ↦ x + w·y, x - w·y
    static void split(int[] x, int[] y, int w, int count) {
        for (var i = 0; i <= count; i++) {
            var u = x[i];
            var v = product(y[i], w);
            x[i] = BabyBear.add(u, v);
            y[i] = BabyBear.sub(u, v);
        }
    }

    /// x, y ↦ x + y, w·(x - y)
    static void merge(int[] x, int[] y, int w, int count) {
        for (var i = 0; i <= count; i++) {
            var u = x[i];
            var v = y[i];
            x[i] = BabyBear.add(u, v);
            y[i] = product(BabyBear.sub(u, v), w);
        }
    }

    /// Montgomery's product with a signed factor q, which takes fewer steps than with one of 0 … 2^32 - 1.
    private static int product(int x, int y) {
        return reduce((long) x * y);
    }

    /// t · 2^-32 mod p for -p² ≤ t < p².
    private static int reduce(long t) {
        var q = (int) t * BabyBear.P_INVERSE;
        var r = (int) ((t - (long) q * BabyBear.P) >> 32);
        return r + ((r >> 31) & BabyBear.P);
    }

    /// Sums of products are longs from -2p² on: there four products are added at most, to below 2p² < 2^63.
    static void begin(int[] x, int[] y, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] = (long) x[i] * y[i] - 2 * P_SQUARED;
    }

    static void begin(int[] x, int constant, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] = (long) x[i] * constant - 2 * P_SQUARED;
    }

    static void addProduct(int[] x, int[] y, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] += (long) x[i] * y[i];
    }

    static void addProduct(int[] x, int constant, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] += (long) x[i] * constant;
    }

    /// From below 2p² to below 0: room for two products more.
    static void makeRoom(long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] -= (2 * P_SQUARED) & ~(sum[i] >> 63);
    }

    /// From sums of -2p² … 2p² - 1 to elements.
    static void end(long[] sum, int[] out, int count) {
        for (var i = 0; i <= count; i++) {
            var below = sum[i] - ((2 * P_SQUARED) & ~(sum[i] >> 63));
            out[i] = reduce(below + (P_SQUARED & ((below + P_SQUARED) >> 63)));
        }
    }

    /// Σ x·y, modulo p.
    static int total(int[] x, int[] y, int count) {
        var sum = 0L;
        for (var i = 0; i < count; i++) sum += product(x[i], y[i]);
        return (int) (sum % BabyBear.P);
    }
}
