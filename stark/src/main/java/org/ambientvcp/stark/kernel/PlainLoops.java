package org.ambientvcp.stark.kernel;

import org.ambientvcp.stark.field.BabyBear;

/// Loops that C2 makes vectors of: over whole arrays of their own from 0 on, one short expression each. With offsets it
/// cannot know that a result is not a later argument, and with long expressions it gives up: a loop of more than about
/// 60 nodes of its graph (`LoopUnrollLimit`) is not unrolled far enough for vectors. So some of what could be one loop
/// is
/// two.
///
/// A loop takes one step more than it is asked for. The first steps of a loop come before its vectors, one by one,
/// until
/// an array is aligned; with this one, none is left for after them where it is aligned from the beginning.
final class PlainLoops {
    private static final long P_SQUARED = (long) BabyBear.P * BabyBear.P;
    private static final long LOW = 0xFFFFFFFFL;

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
        var inverse = constant * BabyBear.P_INVERSE;
        for (var i = 0; i <= count; i++) out[i] = product(x[i], constant, inverse);
    }

    static void addScaled(int[] x, int constant, int[] sum, int count) {
        var inverse = constant * BabyBear.P_INVERSE;
        for (var i = 0; i <= count; i++) sum[i] = BabyBear.add(sum[i], product(x[i], constant, inverse));
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
        var inverse = w * BabyBear.P_INVERSE;
        for (var i = 0; i <= count; i++) {
            var u = x[i];
            var v = product(y[i], w, inverse);
            x[i] = BabyBear.add(u, v);
            y[i] = BabyBear.sub(u, v);
        }
    }

    /// x, y ↦ x + y, w·(x - y)
    static void merge(int[] x, int[] y, int w, int count) {
        var inverse = w * BabyBear.P_INVERSE;
        for (var i = 0; i <= count; i++) {
            var u = x[i];
            var v = y[i];
            x[i] = BabyBear.add(u, v);
            y[i] = product(BabyBear.sub(u, v), w, inverse);
        }
    }

    /// Montgomery's product with a signed factor q, which takes fewer steps than with one of 0 … 2^32 - 1; q is
    /// computed from ints, of which a vector has twice as many.
    private static int product(int x, int y) {
        return reduce((long) x * y, x * y * BabyBear.P_INVERSE);
    }

    /// The same with a constant, of which w · p^-1 mod 2^32 is known: no step waits for the product.
    private static int product(int x, int w, int inverse) {
        return reduce((long) x * w, x * inverse);
    }

    /// t · 2^-32 mod p for -p² ≤ t < p², with q = t · p^-1 mod 2^32.
    private static int reduce(long t, int q) {
        var r = (int) ((t - (long) q * BabyBear.P) >> 32);
        return r + ((r >> 31) & BabyBear.P);
    }

    /// Begins sums of products, which are longs from -2p² on: there four products are added at most, to below
    /// 2p² < 2^63.
    static void begin(int[] x0, int[] y0, int[] x1, int[] y1, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] = (long) x0[i] * y0[i] + (long) x1[i] * y1[i] - 2 * P_SQUARED;
    }

    static void begin(int[] x0, int w0, int[] x1, int w1, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] = (long) x0[i] * w0 + (long) x1[i] * w1 - 2 * P_SQUARED;
    }

    static void addTwo(int[] x0, int[] y0, int[] x1, int[] y1, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] += (long) x0[i] * y0[i] + (long) x1[i] * y1[i];
    }

    static void addTwo(int[] x0, int w0, int[] x1, int w1, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] += (long) x0[i] * w0 + (long) x1[i] * w1;
    }

    static void addOne(int[] x, int[] y, long[] sum, int count) {
        for (var i = 0; i <= count; i++) sum[i] += (long) x[i] * y[i];
    }

    /// Adds a product to sums below 2p², which are below 0 before: there is room for one more.
    static void addFifth(int[] x, int[] y, long[] sum, int count) {
        for (var i = 0; i <= count; i++) {
            var four = sum[i];
            sum[i] = four - ((2 * P_SQUARED) & ~(four >> 63)) + (long) x[i] * y[i];
        }
    }

    /// From sums of -2p² … 2p² - 1 to elements.
    static void end(long[] sum, int[] out, int count) {
        for (var i = 0; i <= count; i++) out[i] = total(sum[i]);
    }

    static void addEnd(long[] sum, int[] out, int count) {
        for (var i = 0; i <= count; i++) out[i] = BabyBear.add(out[i], total(sum[i]));
    }

    private static int total(long sum) {
        var t = sum + ((2 * P_SQUARED) & (sum >> 63)) - P_SQUARED;
        return reduce(t, (int) t * BabyBear.P_INVERSE);
    }

    /// Σ x·y: the halves of the products are added, and then reduced at once. `count` is at most 2^16.
    static int total(int[] x, int[] y, int count) {
        var low = 0L;
        var high = 0L;
        for (var i = 0; i < count; i++) {
            var product = (long) x[i] * y[i];
            low += product & LOW;
            high += product >>> 32;
        }
        return BabyBear.add(BabyBear.reduce(low), (int) (high % BabyBear.P));
    }
}
