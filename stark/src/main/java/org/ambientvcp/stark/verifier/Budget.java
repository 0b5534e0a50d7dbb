package org.ambientvcp.stark.verifier;

import java.time.Duration;

/// What the check of one proof may cost.
///
/// @param bytes of the proof, 1 or more
/// @param time until it is given up, from when it starts; looked at between steps, none of which takes long
public record Budget(long bytes, Duration time) {
    /// Enough for any proof of any profile, on slow machines too.
    public static final Budget DEFAULT = new Budget(16L << 20, Duration.ofSeconds(30));

    public Budget {
        if (bytes < 1) throw new IllegalArgumentException("bytes are not positive: " + bytes);
        if (time.isNegative() || time.isZero()) throw new IllegalArgumentException("time is not positive: " + time);
    }
}
