package org.ambientvcp.wasm.machine.simd;

import org.ambientvcp.wasm.machine.Numerics;

/// Two lanes of 32 bits.
public final class IntLanes {
    private static final long HIGH = 0x8000_0000_8000_0000L;
    private static final int BITS = 32;
    private static final long LOW = 0xffff_ffffL;

    private IntLanes() {}

    public static long splat(long value) {
        return (value & 0xffff_ffffL) * (HIGH >>> (BITS - 1));
    }

    public static long replace(long half, long value, long lane) {
        var shift = (int) lane * BITS;
        return (half & ~(0xffff_ffffL << shift)) | ((value & 0xffff_ffffL) << shift);
    }

    public static long add(long a, long b) {
        return Swar.add(a, b, HIGH);
    }

    public static long subtract(long a, long b) {
        return Swar.subtract(a, b, HIGH);
    }

    public static long equal(long a, long b) {
        return Swar.equal(a, b, HIGH, BITS);
    }

    public static long notEqual(long a, long b) {
        return ~Swar.equal(a, b, HIGH, BITS);
    }

    public static long lessS(long a, long b) {
        return pack(signOf((long) (int) a - (int) b), signOf((a >> 32) - (b >> 32)));
    }

    public static long lessU(long a, long b) {
        return pack(signOf((a & LOW) - (b & LOW)), signOf((a >>> 32) - (b >>> 32)));
    }

    public static long greaterS(long a, long b) {
        return lessS(b, a);
    }

    public static long greaterU(long a, long b) {
        return lessU(b, a);
    }

    public static long lessOrEqualS(long a, long b) {
        return ~lessS(b, a);
    }

    public static long lessOrEqualU(long a, long b) {
        return ~lessU(b, a);
    }

    public static long greaterOrEqualS(long a, long b) {
        return ~lessS(a, b);
    }

    public static long greaterOrEqualU(long a, long b) {
        return ~lessU(a, b);
    }

    public static long minS(long a, long b) {
        return Swar.select(a, b, lessS(a, b));
    }

    public static long minU(long a, long b) {
        return Swar.select(a, b, lessU(a, b));
    }

    public static long maxS(long a, long b) {
        return Swar.select(b, a, lessS(a, b));
    }

    public static long maxU(long a, long b) {
        return Swar.select(b, a, lessU(a, b));
    }

    public static long absolute(long a) {
        return Swar.absolute(a, HIGH, BITS);
    }

    public static long negate(long a) {
        return Swar.subtract(0, a, HIGH);
    }

    /// The count is taken modulo 32.
    public static long shiftLeft(long a, long count) {
        return Swar.shiftLeft(a, (int) count & (BITS - 1), HIGH, BITS);
    }

    public static long shiftRightS(long a, long count) {
        return Swar.shiftRightSigned(a, (int) count & (BITS - 1), HIGH, BITS);
    }

    public static long shiftRightU(long a, long count) {
        return Swar.shiftRight(a, (int) count & (BITS - 1), HIGH, BITS);
    }

    public static long allTrue(long low, long high) {
        return (equal(low, 0) | equal(high, 0)) == 0 ? 1 : 0;
    }

    public static long bitmask(long low, long high) {
        return highBits(low) | highBits(high) << 2;
    }

    public static long multiply(long a, long b) {
        return ((a * b) & 0xffff_ffffL) | (((a >>> 32) * (b >>> 32)) << 32);
    }

    public static long extendLowS(long shorts) {
        return pack((short) shorts, (short) (shorts >>> 16));
    }

    public static long extendHighS(long shorts) {
        return pack((short) (shorts >>> 32), (short) (shorts >>> 48));
    }

    public static long extendLowU(long shorts) {
        return (shorts & 0xffffL) | ((shorts & 0xffff_0000L) << 16);
    }

    public static long extendHighU(long shorts) {
        return extendLowU(shorts >>> 32);
    }

    public static long multiplyLowS(long a, long b) {
        return pack((short) a * (short) b, (short) (a >>> 16) * (short) (b >>> 16));
    }

    public static long multiplyHighS(long a, long b) {
        return multiplyLowS(a >>> 32, b >>> 32);
    }

    public static long multiplyLowU(long a, long b) {
        return multiply(extendLowU(a), extendLowU(b));
    }

    public static long multiplyHighU(long a, long b) {
        return multiply(extendHighU(a), extendHighU(b));
    }

    /// Sums of two neighbouring numbers of 16 bits each.
    public static long addPairsS(long shorts) {
        return pack((short) shorts + (short) (shorts >>> 16), (short) (shorts >>> 32) + (short) (shorts >>> 48));
    }

    public static long addPairsU(long shorts) {
        return (shorts & 0x0000_ffff_0000_ffffL) + ((shorts >>> 16) & 0x0000_ffff_0000_ffffL);
    }

    /// Sums of two neighbouring products of 16 bits each.
    public static long dot(long a, long b) {
        return pack(
                (short) a * (short) b + (short) (a >>> 16) * (short) (b >>> 16),
                (short) (a >>> 32) * (short) (b >>> 32) + (short) (a >>> 48) * (short) (b >>> 48));
    }

    /// Saturating; NaN gives 0.
    public static long truncateFloatsS(long floats) {
        return pack((int) FloatLanes.low(floats), (int) FloatLanes.high(floats));
    }

    public static long truncateFloatsU(long floats) {
        return pack(Numerics.saturateU(FloatLanes.low(floats)), Numerics.saturateU(FloatLanes.high(floats)));
    }

    public static long truncateDoublesS(long low, long high) {
        return pack((int) Double.longBitsToDouble(low), (int) Double.longBitsToDouble(high));
    }

    public static long truncateDoublesU(long low, long high) {
        return pack(
                Numerics.saturateU(Double.longBitsToDouble(low)), Numerics.saturateU(Double.longBitsToDouble(high)));
    }

    public static long pack(int low, int high) {
        return (low & 0xffff_ffffL) | ((long) high << 32);
    }

    /// -1 for a number below zero, else 0; no branch.
    private static int signOf(long number) {
        return (int) (number >> 63);
    }

    private static int highBits(long a) {
        return ((int) (a >>> 63) << 1) | ((int) (a >>> 31) & 1);
    }
}
