package org.ambientvcp.wasm.tensor;

import java.math.BigInteger;

/// The exponential function of numbers that are not above zero, in integers: the same bits everywhere.
///
/// e^-x = 2^-n · 2^-(i/256) · e^-y for x·log2(e) = n + i/256 + y/ln(2), n and i whole, 0 ≤ y < ln(2)/256. The second
/// factor comes from a table, the third is 1 - y + y²/2 - y³/6 + y⁴/24.
final class Exponential {
    /// The value that stands for 1.
    static final long ONE = 1L << 62;

    private static final int LARGEST = 64;
    /// Binary places of x.
    private static final int X_PLACES = 57;
    /// Binary places of x·log2(e).
    private static final int EXPONENT_PLACES = 55;

    private static final int INDEX_BITS = 8;
    /// log2(e), 62 binary places.
    private static final long LOG2_E = 6653256548922161246L;
    /// ln(2), 63 binary places.
    private static final long LN_2 = 6393154322601327830L;

    private static final long[] POWERS = powers();

    private Exponential() {}

    /// @param x 0 to 2^32 - 1, in units of 2^-places
    /// @param places 0 to 31
    /// @return e^-x, in units of 2^-62; wrong by at most a part in 2^48 and 2 units
    static long ofMinus(long x, int places) {
        if (x >= (long) LARGEST << places) return 0;
        var exponent = Math.multiplyHigh(x << (X_PLACES - places), LOG2_E);
        var halvings = (int) (exponent >>> EXPONENT_PLACES);
        if (halvings > 62) return 0;
        var fraction = exponent & ((1L << EXPONENT_PLACES) - 1);
        var index = (int) (fraction >>> (EXPONENT_PLACES - INDEX_BITS));
        var rest = fraction & ((1L << (EXPONENT_PLACES - INDEX_BITS)) - 1);
        return times(POWERS[index], ofMinusSmall(Math.multiplyHigh(rest << INDEX_BITS, LN_2))) >>> halvings;
    }

    /// @param y less than 2^-8, in units of 2^-62
    private static long ofMinusSmall(long y) {
        var sum = ONE - y / 4;
        sum = ONE - times(y, sum) / 3;
        sum = ONE - times(y, sum) / 2;
        return ONE - times(y, sum);
    }

    private static long times(long a, long b) {
        return Math.multiplyHigh(a, b) << 2;
    }

    /// 2^-(i/256) for every i.
    private static long[] powers() {
        var places = 160;
        var root = BigInteger.ONE.shiftLeft(places - 1);
        for (var i = 0; i < INDEX_BITS; i++) root = root.shiftLeft(places).sqrt();
        var powers = new long[1 << INDEX_BITS];
        var power = BigInteger.ONE.shiftLeft(places);
        for (var i = 0; i < powers.length; i++) {
            powers[i] = power.shiftRight(places - 63)
                    .add(BigInteger.ONE)
                    .shiftRight(1)
                    .longValueExact();
            power = power.multiply(root).shiftRight(places);
        }
        return powers;
    }
}
