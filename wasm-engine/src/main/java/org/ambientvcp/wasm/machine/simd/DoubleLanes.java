package org.ambientvcp.wasm.machine.simd;

import org.ambientvcp.wasm.machine.Numerics;

/// One lane of f64. Arithmetic gives the positive canonical NaN; what only moves or selects keeps bits.
public final class DoubleLanes {
    private DoubleLanes() {}

    public static long equal(long a, long b) {
        return LongLanes.mask(lane(a) == lane(b));
    }

    public static long notEqual(long a, long b) {
        return LongLanes.mask(lane(a) != lane(b));
    }

    public static long less(long a, long b) {
        return LongLanes.mask(lane(a) < lane(b));
    }

    public static long greater(long a, long b) {
        return LongLanes.mask(lane(a) > lane(b));
    }

    public static long lessOrEqual(long a, long b) {
        return LongLanes.mask(lane(a) <= lane(b));
    }

    public static long greaterOrEqual(long a, long b) {
        return LongLanes.mask(lane(a) >= lane(b));
    }

    public static long absolute(long a) {
        return a & ~Long.MIN_VALUE;
    }

    public static long negate(long a) {
        return a ^ Long.MIN_VALUE;
    }

    public static long ceil(long a) {
        return bits(Math.ceil(lane(a)));
    }

    public static long floor(long a) {
        return bits(Math.floor(lane(a)));
    }

    public static long truncate(long a) {
        return bits(Numerics.trunc(lane(a)));
    }

    public static long nearest(long a) {
        return bits(Math.rint(lane(a)));
    }

    public static long sqrt(long a) {
        return bits(Math.sqrt(lane(a)));
    }

    public static long add(long a, long b) {
        return bits(lane(a) + lane(b));
    }

    public static long subtract(long a, long b) {
        return bits(lane(a) - lane(b));
    }

    public static long multiply(long a, long b) {
        return bits(lane(a) * lane(b));
    }

    public static long divide(long a, long b) {
        return bits(lane(a) / lane(b));
    }

    public static long min(long a, long b) {
        return bits(Math.min(lane(a), lane(b)));
    }

    public static long max(long a, long b) {
        return bits(Math.max(lane(a), lane(b)));
    }

    /// `b < a ? b : a`, whatever NaNs there are.
    public static long pseudoMin(long a, long b) {
        return Swar.select(b, a, less(b, a));
    }

    /// `a < b ? b : a`, whatever NaNs there are.
    public static long pseudoMax(long a, long b) {
        return Swar.select(b, a, less(a, b));
    }

    public static long convertLowS(long ints) {
        return bits((int) ints);
    }

    public static long convertHighS(long ints) {
        return bits((int) (ints >>> 32));
    }

    public static long convertLowU(long ints) {
        return bits(Numerics.toDoubleU((int) ints));
    }

    public static long convertHighU(long ints) {
        return bits(Numerics.toDoubleU((int) (ints >>> 32)));
    }

    public static long promoteLow(long floats) {
        return bits(FloatLanes.low(floats));
    }

    public static long promoteHigh(long floats) {
        return bits(FloatLanes.high(floats));
    }

    private static double lane(long half) {
        return Double.longBitsToDouble(half);
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value);
    }
}
