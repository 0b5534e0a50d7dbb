package org.ambientvcp.telemetry.health;

import org.ambientvcp.events.Breaker;
import org.jspecify.annotations.Nullable;

/// A breaker.
///
/// @param trip what opened it; null exactly when it is CLOSED
/// @param sinceEpochMillis event time of the last change
public record BreakerState(Breaker breaker, @Nullable Trip trip, long sinceEpochMillis) {

    public BreakerState {
        if ((trip == null) != (breaker == Breaker.CLOSED))
            throw new IllegalArgumentException("a breaker that is " + breaker + " has trip " + trip);
    }

    static BreakerState closed(long nowMillis) {
        return new BreakerState(Breaker.CLOSED, null, nowMillis);
    }

    static BreakerState open(Trip trip, long nowMillis) {
        return new BreakerState(Breaker.OPEN, trip, nowMillis);
    }

    static BreakerState halfOpen(Trip trip, long nowMillis) {
        return new BreakerState(Breaker.HALF_OPEN, trip, nowMillis);
    }

    /// Why it is not CLOSED; null if it is.
    public @Nullable String reason() {
        if (trip == null) return null;
        if (breaker == Breaker.HALF_OPEN) return "one probe task after " + trip.reason();
        return trip.probeFailed() ? "probe task failed after " + trip.reason() : trip.reason();
    }
}
