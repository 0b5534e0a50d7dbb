package org.ambientvcp.wasm.machine.simd;

/// One lane of 64 bits, and all that does not look at lanes.
public final class LongLanes {
    private LongLanes() {}

    public static long equal(long a, long b) {
        return mask(a == b);
    }

    public static long notEqual(long a, long b) {
        return mask(a != b);
    }

    public static long lessS(long a, long b) {
        return mask(a < b);
    }

    public static long greaterS(long a, long b) {
        return mask(a > b);
    }

    public static long lessOrEqualS(long a, long b) {
        return mask(a <= b);
    }

    public static long greaterOrEqualS(long a, long b) {
        return mask(a >= b);
    }

    public static long absolute(long a) {
        return Math.abs(a);
    }

    public static long negate(long a) {
        return -a;
    }

    public static long shiftLeft(long a, long count) {
        return a << count;
    }

    public static long shiftRightS(long a, long count) {
        return a >> count;
    }

    public static long shiftRightU(long a, long count) {
        return a >>> count;
    }

    public static long allTrue(long low, long high) {
        return low != 0 && high != 0 ? 1 : 0;
    }

    public static long bitmask(long low, long high) {
        return (low >>> 63) | (high >>> 63 << 1);
    }

    public static long extendLowS(long ints) {
        return (int) ints;
    }

    public static long extendHighS(long ints) {
        return ints >> 32;
    }

    public static long extendLowU(long ints) {
        return ints & 0xffff_ffffL;
    }

    public static long extendHighU(long ints) {
        return ints >>> 32;
    }

    public static long multiplyLowS(long a, long b) {
        return extendLowS(a) * extendLowS(b);
    }

    public static long multiplyHighS(long a, long b) {
        return extendHighS(a) * extendHighS(b);
    }

    public static long multiplyLowU(long a, long b) {
        return extendLowU(a) * extendLowU(b);
    }

    public static long multiplyHighU(long a, long b) {
        return extendHighU(a) * extendHighU(b);
    }

    public static long not(long a) {
        return ~a;
    }

    public static long andNot(long a, long b) {
        return a & ~b;
    }

    /// Bits of `a` where the mask has ones, else of `b`.
    public static long bitSelect(long a, long b, long mask) {
        return Swar.select(a, b, mask);
    }

    public static long anyTrue(long low, long high) {
        return (low | high) != 0 ? 1 : 0;
    }

    public static long mask(boolean isTrue) {
        return isTrue ? -1 : 0;
    }
}
