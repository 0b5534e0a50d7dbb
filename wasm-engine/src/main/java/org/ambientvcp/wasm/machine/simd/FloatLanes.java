package org.ambientvcp.wasm.machine.simd;

import org.ambientvcp.wasm.machine.Numerics;

/// Two lanes of f32. Arithmetic gives the positive canonical NaN; what only moves or selects keeps bits.
public final class FloatLanes {
    private FloatLanes() {}

    public static long equal(long a, long b) {
        return masks(low(a) == low(b), high(a) == high(b));
    }

    public static long notEqual(long a, long b) {
        return masks(low(a) != low(b), high(a) != high(b));
    }

    public static long less(long a, long b) {
        return masks(low(a) < low(b), high(a) < high(b));
    }

    public static long greater(long a, long b) {
        return masks(low(a) > low(b), high(a) > high(b));
    }

    public static long lessOrEqual(long a, long b) {
        return masks(low(a) <= low(b), high(a) <= high(b));
    }

    public static long greaterOrEqual(long a, long b) {
        return masks(low(a) >= low(b), high(a) >= high(b));
    }

    public static long absolute(long a) {
        return a & ~0x8000_0000_8000_0000L;
    }

    public static long negate(long a) {
        return a ^ 0x8000_0000_8000_0000L;
    }

    public static long ceil(long a) {
        return pack(Numerics.ceil(low(a)), Numerics.ceil(high(a)));
    }

    public static long floor(long a) {
        return pack(Numerics.floor(low(a)), Numerics.floor(high(a)));
    }

    public static long truncate(long a) {
        return pack(Numerics.trunc(low(a)), Numerics.trunc(high(a)));
    }

    public static long nearest(long a) {
        return pack(Numerics.nearest(low(a)), Numerics.nearest(high(a)));
    }

    public static long sqrt(long a) {
        return pack(Numerics.sqrt(low(a)), Numerics.sqrt(high(a)));
    }

    public static long add(long a, long b) {
        return pack(low(a) + low(b), high(a) + high(b));
    }

    public static long subtract(long a, long b) {
        return pack(low(a) - low(b), high(a) - high(b));
    }

    public static long multiply(long a, long b) {
        return pack(low(a) * low(b), high(a) * high(b));
    }

    public static long divide(long a, long b) {
        return pack(low(a) / low(b), high(a) / high(b));
    }

    public static long min(long a, long b) {
        return pack(Math.min(low(a), low(b)), Math.min(high(a), high(b)));
    }

    public static long max(long a, long b) {
        return pack(Math.max(low(a), low(b)), Math.max(high(a), high(b)));
    }

    /// `b < a ? b : a`, whatever NaNs there are.
    public static long pseudoMin(long a, long b) {
        return Swar.select(b, a, less(b, a));
    }

    /// `a < b ? b : a`, whatever NaNs there are.
    public static long pseudoMax(long a, long b) {
        return Swar.select(b, a, less(a, b));
    }

    public static long convertS(long ints) {
        return pack((int) ints, (int) (ints >>> 32));
    }

    public static long convertU(long ints) {
        return pack(Numerics.toFloatU((int) ints), Numerics.toFloatU((int) (ints >>> 32)));
    }

    public static long demote(long low, long high) {
        return pack((float) Double.longBitsToDouble(low), (float) Double.longBitsToDouble(high));
    }

    public static float low(long half) {
        return Float.intBitsToFloat((int) half);
    }

    public static float high(long half) {
        return Float.intBitsToFloat((int) (half >>> 32));
    }

    private static long pack(float low, float high) {
        return IntLanes.pack(Float.floatToIntBits(low), Float.floatToIntBits(high));
    }

    private static long masks(boolean low, boolean high) {
        return IntLanes.pack(low ? -1 : 0, high ? -1 : 0);
    }
}
