package org.ambientvcp.telemetry.health;

import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.Reputation;
import org.jspecify.annotations.Nullable;

/// Takes a node out of service before it breaks, and back in by one probe task.
///
/// ```text
///            too hot, too slow, 25 errors             30 s passed, cool and fast again
/// CLOSED ───────────────────────────────▶ OPEN ─────────────────────────────────────▶ HALF_OPEN
///    ▲                                     ▲      too hot, too slow, probe failed        │  │
///    │                                     └────────────────────────────────────────────┘  │
///    └──────────────────────────────── probe accepted ──────────────────────────────────────┘
/// ```
///
/// Between the limits for opening and for cooling nothing changes: that is the hysteresis. A sensor
/// that is missing opens nothing; but what a sensor opened, only a reading of that sensor half-opens.
/// Consecutive errors do not hold a breaker open: the probe decides.
public final class CircuitBreaker {
    public static final int OPEN_ABOVE_MILLI_CELSIUS = 85_000;
    public static final int OPEN_ABOVE_LATENCY_MICROS = 100_000;
    public static final int OPEN_AT_ERRORS = 25;
    public static final int COOL_BELOW_MILLI_CELSIUS = 80_000;
    public static final int COOL_BELOW_LATENCY_MICROS = 80_000;
    public static final long COOL_DOWN_MILLIS = 30_000;

    /// What a breaker looks at.
    ///
    /// @param milliCelsius as measured; null: no sensor
    /// @param latencyMicros smoothed; null: no sensor
    public record Vitals(
            @Nullable Integer milliCelsius, @Nullable Integer latencyMicros, int consecutiveErrors) {}

    private CircuitBreaker() {}

    /// The breaker after a sample.
    ///
    /// @param nowMillis event time
    static BreakerState afterSample(BreakerState state, Vitals vitals, long nowMillis) {
        var trip = state.trip();
        var measured = measured(vitals);
        if (trip == null) {
            if (measured == null && vitals.consecutiveErrors() >= OPEN_AT_ERRORS)
                measured = new Trip(Trip.Cause.ERRORS, vitals.consecutiveErrors(), false);
            return measured == null ? state : BreakerState.open(measured, nowMillis);
        }
        return switch (state.breaker()) {
            case OPEN ->
                nowMillis - state.sinceEpochMillis() >= COOL_DOWN_MILLIS && hasCooled(trip.cause(), vitals)
                        ? BreakerState.halfOpen(trip, nowMillis)
                        : state;
            case HALF_OPEN -> measured == null ? state : BreakerState.open(measured, nowMillis);
            case CLOSED -> state;
        };
    }

    /// The breaker after verdicts on the node's work: the probe's, if one was out. A record that counts
    /// both a success and a failure is a failure.
    static BreakerState afterVerdicts(BreakerState state, Reputation before, Reputation after, long nowMillis) {
        var trip = state.trip();
        if (state.breaker() != Breaker.HALF_OPEN || trip == null) return state;
        if (after.getFailed() > before.getFailed() || after.getDisputes() > before.getDisputes())
            return BreakerState.open(trip.withFailedProbe(), nowMillis);
        return after.getAccepted() > before.getAccepted() ? BreakerState.closed(nowMillis) : state;
    }

    private static @Nullable Trip measured(Vitals vitals) {
        var milliCelsius = vitals.milliCelsius();
        if (milliCelsius != null && milliCelsius > OPEN_ABOVE_MILLI_CELSIUS)
            return new Trip(Trip.Cause.TEMPERATURE, milliCelsius, false);
        var latencyMicros = vitals.latencyMicros();
        if (latencyMicros != null && latencyMicros > OPEN_ABOVE_LATENCY_MICROS)
            return new Trip(Trip.Cause.LATENCY, latencyMicros, false);
        return null;
    }

    private static boolean hasCooled(Trip.Cause cause, Vitals vitals) {
        return isBelow(vitals.milliCelsius(), COOL_BELOW_MILLI_CELSIUS, cause == Trip.Cause.TEMPERATURE)
                && isBelow(vitals.latencyMicros(), COOL_BELOW_LATENCY_MICROS, cause == Trip.Cause.LATENCY);
    }

    private static boolean isBelow(@Nullable Integer value, int limit, boolean required) {
        return value == null ? !required : value < limit;
    }
}
