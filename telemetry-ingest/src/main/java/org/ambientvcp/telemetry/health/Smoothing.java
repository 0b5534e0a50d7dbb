package org.ambientvcp.telemetry.health;

import org.jspecify.annotations.Nullable;

/// Exponentially weighted moving average over event time, in integers.
///
/// A value's weight halves every [#HALF_LIFE_MILLIS]: after Δ ms the old value keeps
/// d(Δ) = 2^(−Δ/10000) of its weight. d is a fixed-point number with 62 binary digits, computed from one
/// constant, d(1 ms), by square and multiply; each product is rounded down. The new value is the old
/// one moved towards the sample by |sample − old| · (1 − d), rounded up: so it never overshoots, moves
/// by at least one unit when time has passed, and reaches a steady sample exactly.
public final class Smoothing {
    public static final long HALF_LIFE_MILLIS = 10_000;

    static final int DIGITS = 62;
    static final long ONE = 1L << DIGITS;
    /// ⌊2^62 · 2^(−1/10000)⌋.
    static final long DECAY_OF_ONE_MILLI = 4_611_366_371_789_494_108L;

    /// After 62 half-lives nothing is left of the old value.
    private static final long FORGOTTEN_MILLIS = DIGITS * HALF_LIFE_MILLIS;

    private static final int MOVE_DIGITS = 31;

    private Smoothing() {}

    /// The average after one more sample.
    ///
    /// @param last null: this is the first
    /// @param sample 0–2^31−1
    /// @param nowMillis event time, not before that of `last`
    public static Smoothed next(@Nullable Smoothed last, int sample, long nowMillis) {
        if (last == null) return new Smoothed(sample, nowMillis);
        var distance = Math.abs((long) sample - last.value());
        var share = (ONE - decay(Math.max(0, nowMillis - last.atEpochMillis()))) >> (DIGITS - MOVE_DIGITS);
        var move = (distance * share + (1L << MOVE_DIGITS) - 1) >> MOVE_DIGITS;
        var value = sample >= last.value() ? last.value() + move : last.value() - move;
        return new Smoothed(Math.toIntExact(value), Math.max(nowMillis, last.atEpochMillis()));
    }

    /// 2^62 · 2^(−millis/10000), rounded down.
    static long decay(long millis) {
        if (millis >= FORGOTTEN_MILLIS) return 0;
        var result = ONE;
        var power = DECAY_OF_ONE_MILLI;
        for (var rest = millis; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) result = multiply(result, power);
            power = multiply(power, power);
        }
        return result;
    }

    /// Product of two fixed-point numbers in [0, 1].
    private static long multiply(long a, long b) {
        return (Math.multiplyHigh(a, b) << (Long.SIZE - DIGITS)) | ((a * b) >>> DIGITS);
    }
}
