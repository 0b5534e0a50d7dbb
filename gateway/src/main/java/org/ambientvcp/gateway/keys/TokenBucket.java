package org.ambientvcp.gateway.keys;

/// Lets through so many requests a second, and that many at once after a pause. Thread-safe.
final class TokenBucket {
    private static final long SECOND = 1_000_000_000L;

    private final long perSecond;
    /// In parts of 1/SECOND of a token, so that nothing is rounded; at most perSecond tokens.
    private long filled;

    private long filledAt;

    /// @param perSecond tokens a second and most tokens at once, 1–1,000,000
    /// @param nowNanos the time of a clock that only grows
    TokenBucket(long perSecond, long nowNanos) {
        if (perSecond < 1 || perSecond > 1_000_000)
            throw new IllegalArgumentException("perSecond is not 1–1000000: " + perSecond);
        this.perSecond = perSecond;
        filled = perSecond * SECOND;
        filledAt = nowNanos;
    }

    /// Takes a token if there is one.
    ///
    /// @return 0, or the nanoseconds until there will be one
    synchronized long take(long nowNanos) {
        var passed = Math.clamp(nowNanos - filledAt, 0, SECOND);
        filled = Math.min(perSecond * SECOND, filled + passed * perSecond);
        if (passed > 0) filledAt = nowNanos; // two threads may come in the wrong order
        if (filled >= SECOND) {
            filled -= SECOND;
            return 0;
        }
        return Math.ceilDiv(SECOND - filled, perSecond);
    }
}
