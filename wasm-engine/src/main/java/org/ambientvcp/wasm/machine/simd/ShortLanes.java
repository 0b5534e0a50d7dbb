package org.ambientvcp.wasm.machine.simd;

/// Four lanes of 16 bits.
public final class ShortLanes {
    private static final long HIGH = 0x8000_8000_8000_8000L;
    private static final int BITS = 16;
    private static final long BYTES = 0x00ff_00ff_00ff_00ffL;
    /// Of bytes. A number of 8 bits minus this, with its sign flipped before, is the number with its sign extended;
    /// the highest bit of the lane is set meanwhile, so that nothing is borrowed from the next one.
    private static final long SIGNS = 0x0080_0080_0080_0080L;

    private ShortLanes() {}

    public static long splat(long value) {
        return (value & 0xffffL) * (HIGH >>> (BITS - 1));
    }

    public static long replace(long half, long value, long lane) {
        var shift = (int) lane * BITS;
        return (half & ~(0xffffL << shift)) | ((value & 0xffffL) << shift);
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
        return Swar.lessSigned(a, b, HIGH, BITS);
    }

    public static long lessU(long a, long b) {
        return Swar.less(a, b, HIGH, BITS);
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

    /// The count is taken modulo 16.
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
        return highBits(low) | highBits(high) << 4;
    }

    public static long addSaturatingS(long a, long b) {
        return Swar.addSaturatingSigned(a, b, HIGH, BITS);
    }

    public static long addSaturatingU(long a, long b) {
        return Swar.addSaturating(a, b, HIGH, BITS);
    }

    public static long subtractSaturatingS(long a, long b) {
        return Swar.subtractSaturatingSigned(a, b, HIGH, BITS);
    }

    public static long subtractSaturatingU(long a, long b) {
        return Swar.subtractSaturating(a, b, HIGH, BITS);
    }

    public static long average(long a, long b) {
        return Swar.average(a, b, HIGH);
    }

    public static long multiply(long a, long b) {
        return ((a * b) & 0xffffL)
                | ((((a >>> 16) * (b >>> 16)) << 16) & 0xffff_0000L)
                | ((((a >>> 32) * (b >>> 32)) << 32) & 0xffff_0000_0000L)
                | (((a >>> 48) * (b >>> 48)) << 48);
    }

    /// Fixed-point products of 15 bits behind the point, rounded and saturated.
    public static long multiplyQ15(long a, long b) {
        var product = 0L;
        for (var lane = 0; lane < 64; lane += 16) {
            var exact = ((short) (a >>> lane) * (short) (b >>> lane) + 0x4000) >> 15;
            product |= (Math.min(exact, Short.MAX_VALUE) & 0xffffL) << lane;
        }
        return product;
    }

    public static long extendLowS(long bytes) {
        return ((extendLowU(bytes) ^ (HIGH | SIGNS)) - SIGNS) ^ HIGH;
    }

    public static long extendHighS(long bytes) {
        return extendLowS(bytes >>> 32);
    }

    public static long extendLowU(long bytes) {
        var low = bytes & 0xffff_ffffL;
        low = (low | (low << 16)) & 0x0000_ffff_0000_ffffL;
        return (low | (low << 8)) & BYTES;
    }

    public static long extendHighU(long bytes) {
        return extendLowU(bytes >>> 32);
    }

    public static long multiplyLowS(long a, long b) {
        return pack(
                (byte) a * (byte) b,
                (byte) (a >>> 8) * (byte) (b >>> 8),
                (byte) (a >>> 16) * (byte) (b >>> 16),
                (byte) (a >>> 24) * (byte) (b >>> 24));
    }

    public static long multiplyHighS(long a, long b) {
        return multiplyLowS(a >>> 32, b >>> 32);
    }

    public static long multiplyLowU(long a, long b) {
        return (a & 0xff) * (b & 0xff)
                | ((((a >>> 8) & 0xff) * ((b >>> 8) & 0xff)) << 16)
                | ((((a >>> 16) & 0xff) * ((b >>> 16) & 0xff)) << 32)
                | ((((a >>> 24) & 0xff) * ((b >>> 24) & 0xff)) << 48);
    }

    public static long multiplyHighU(long a, long b) {
        return multiplyLowU(a >>> 32, b >>> 32);
    }

    /// Sums of two neighbouring bytes each.
    public static long addPairsS(long bytes) {
        var even = bytes & BYTES;
        var odd = (bytes >>> 8) & BYTES;
        return ((even ^ SIGNS) + (odd ^ (HIGH | SIGNS)) - 2 * SIGNS) ^ HIGH;
    }

    public static long addPairsU(long bytes) {
        return (bytes & BYTES) + ((bytes >>> 8) & BYTES);
    }

    /// Four signed numbers of 32 bits, saturated to 16 bits.
    public static long narrowS(long a, long b) {
        return pack(clampS((int) a), clampS((int) (a >>> 32)), clampS((int) b), clampS((int) (b >>> 32)));
    }

    public static long narrowU(long a, long b) {
        return pack(clampU((int) a), clampU((int) (a >>> 32)), clampU((int) b), clampU((int) (b >>> 32)));
    }

    private static int clampS(int value) {
        return Math.min(Math.max(value, Short.MIN_VALUE), Short.MAX_VALUE);
    }

    private static int clampU(int value) {
        return Math.min(Math.max(value, 0), 0xffff);
    }

    private static long pack(int first, int second, int third, int fourth) {
        return (first & 0xffffL) | ((second & 0xffffL) << 16) | ((third & 0xffffL) << 32) | ((long) fourth << 48);
    }

    private static int highBits(long a) {
        return (int) ((((a >>> 15) & 0x0001_0001_0001_0001L) * 0x1000_2000_4000_8000L) >>> 60);
    }
}
