package org.ambientvcp.wasm.compiler;

import org.ambientvcp.wasm.machine.Instance;

/// The path of a run after many rounds of the same block, without going through them: a round maps a path to
/// `path * f + id`, so that n rounds map it to `path * f^n + id * (1 + f + … + f^(n-1))`, modulo 2^64.
final class Paths {
    private static final int BITS = 8;
    private static final int DIGITS = 1 << BITS;
    private static final int PLACES = Long.SIZE / BITS;
    /// For every place and digit of a number of rounds: f to that number.
    private static final long[] POWERS = new long[PLACES * DIGITS];
    /// The same for the sum of the powers below that number.
    private static final long[] SUMS = new long[PLACES * DIGITS];

    static {
        var power = Instance.PATH_FACTOR;
        var sum = 1L;
        for (var place = 0; place < PLACES; place++) {
            POWERS[place * DIGITS] = 1;
            for (var digit = 1; digit <= DIGITS; digit++) {
                var before = place * DIGITS + digit - 1;
                if (digit < DIGITS) {
                    POWERS[before + 1] = POWERS[before] * power;
                    SUMS[before + 1] = SUMS[before] * power + sum;
                } else {
                    sum = SUMS[before] * power + sum;
                    power = POWERS[before] * power;
                }
            }
        }
    }

    private Paths() {}

    /// @param rounds 0 or more
    static long after(long path, int id, long rounds) {
        if (rounds < DIGITS) return path * POWERS[(int) rounds] + id * SUMS[(int) rounds];
        return afterMany(path, id, rounds);
    }

    private static long afterMany(long path, int id, long rounds) {
        var result = path;
        var left = rounds;
        for (var place = 0; left != 0; place++) {
            var index = place * DIGITS + (int) (left & DIGITS - 1);
            result = result * POWERS[index] + id * SUMS[index];
            left >>>= BITS;
        }
        return result;
    }
}
