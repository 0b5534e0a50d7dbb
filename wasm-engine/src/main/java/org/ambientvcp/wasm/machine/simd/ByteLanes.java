package org.ambientvcp.wasm.machine.simd;

/// Eight lanes of 8 bits.
public final class ByteLanes {
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final int BITS = 8;

    private ByteLanes() {}

    public static long splat(long value) {
        return (value & 0xffL) * (HIGH >>> (BITS - 1));
    }

    public static long replace(long half, long value, long lane) {
        var shift = (int) lane * BITS;
        return (half & ~(0xffL << shift)) | ((value & 0xffL) << shift);
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

    /// The count is taken modulo 8.
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
        return highBits(low) | highBits(high) << 8;
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

    /// Numbers of bits that are set.
    public static long population(long a) {
        var pairs = a - ((a >>> 1) & 0x5555_5555_5555_5555L);
        var fours = (pairs & 0x3333_3333_3333_3333L) + ((pairs >>> 2) & 0x3333_3333_3333_3333L);
        return (fours + (fours >>> 4)) & 0x0f0f_0f0f_0f0f_0f0fL;
    }

    /// Eight signed numbers of 16 bits, saturated to 8 bits.
    public static long narrowS(long a, long b) {
        var narrow = 0L;
        for (var lane = 0; lane < 64; lane += 16) {
            narrow |= (clamp((short) (a >>> lane), Byte.MIN_VALUE, Byte.MAX_VALUE) & 0xffL) << (lane / 2);
            narrow |= (clamp((short) (b >>> lane), Byte.MIN_VALUE, Byte.MAX_VALUE) & 0xffL) << (32 + lane / 2);
        }
        return narrow;
    }

    public static long narrowU(long a, long b) {
        var narrow = 0L;
        for (var lane = 0; lane < 64; lane += 16) {
            narrow |= (long) clamp((short) (a >>> lane), 0, 0xff) << (lane / 2);
            narrow |= (long) clamp((short) (b >>> lane), 0, 0xff) << (32 + lane / 2);
        }
        return narrow;
    }

    private static int clamp(int value, int least, int most) {
        return Math.min(Math.max(value, least), most);
    }

    private static int highBits(long a) {
        return (int) ((((a >>> 7) & 0x0101_0101_0101_0101L) * 0x0102_0408_1020_4080L) >>> 56);
    }
}
