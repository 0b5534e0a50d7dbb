package org.ambientvcp.wasm.machine.simd;

/// Integer arithmetic on all lanes of a half at once, for lanes of any width below 64.
///
/// `high` has the highest bit of each lane set and says by that how wide lanes are. A mask has all bits of a lane set
/// or
/// none.
final class Swar {
    private Swar() {}

    static long add(long a, long b, long high) {
        return ((a & ~high) + (b & ~high)) ^ ((a ^ b) & high);
    }

    static long subtract(long a, long b, long high) {
        return difference(a, b, high) ^ ((a ^ ~b) & high);
    }

    /// Mask of the lanes whose highest bit is set.
    static long mask(long a, long high, int bits) {
        var highest = a & high;
        return (highest << 1) - (highest >>> (bits - 1));
    }

    static long equal(long a, long b, long high, int bits) {
        var differs = a ^ b;
        return mask(~(((differs & ~high) + ~high) | differs), high, bits);
    }

    /// Unsigned.
    static long less(long a, long b, long high, int bits) {
        return mask((~a & b) | ~((a ^ b) | difference(a, b, high)), high, bits);
    }

    static long lessSigned(long a, long b, long high, int bits) {
        return mask((a & ~b) | ~((a ^ b) | difference(a, b, high)), high, bits);
    }

    /// Lanes whose highest bit is set if `a` without its highest bit is not less than `b` without its own.
    private static long difference(long a, long b, long high) {
        return (a | high) - (b & ~high);
    }

    /// From `a` where the mask is set, else from `b`.
    static long select(long a, long b, long mask) {
        return (a & mask) | (b & ~mask);
    }

    static long addSaturatingSigned(long a, long b, long high, int bits) {
        var sum = add(a, b, high);
        return select(limit(a, high, bits), sum, mask(~(a ^ b) & (a ^ sum), high, bits));
    }

    static long subtractSaturatingSigned(long a, long b, long high, int bits) {
        var difference = subtract(a, b, high);
        return select(limit(a, high, bits), difference, mask((a ^ b) & (a ^ difference), high, bits));
    }

    static long addSaturating(long a, long b, long high, int bits) {
        var sum = add(a, b, high);
        return sum | less(sum, a, high, bits);
    }

    static long subtractSaturating(long a, long b, long high, int bits) {
        return subtract(a, b, high) & ~less(a, b, high, bits);
    }

    /// Unsigned, rounded up.
    static long average(long a, long b, long high) {
        return (a | b) - (((a ^ b) >>> 1) & ~high);
    }

    static long absolute(long a, long high, int bits) {
        var negative = mask(a, high, bits);
        return subtract(a ^ negative, negative, high);
    }

    /// @param count 0 to bits - 1
    static long shiftLeft(long a, int count, long high, int bits) {
        return (a << count) & ((high >>> (bits - 1)) * ((-1L >>> (64 - bits)) >>> count << count));
    }

    /// @param count 0 to bits - 1
    static long shiftRight(long a, int count, long high, int bits) {
        return (a >>> count) & ((high >>> (bits - 1)) * ((-1L >>> (64 - bits)) >>> count));
    }

    /// @param count 0 to bits - 1
    static long shiftRightSigned(long a, int count, long high, int bits) {
        var sign = high >>> count;
        return subtract(shiftRight(a, count, high, bits) ^ sign, sign, high);
    }

    /// The largest signed number in lanes where `a` is not negative, else the least.
    private static long limit(long a, long high, int bits) {
        return ~high + ((a & high) >>> (bits - 1));
    }
}
