package org.ambientvcp.telemetry.health;

/// What opened a breaker.
///
/// @param value in thousandths of a degree Celsius, microseconds or errors
/// @param probeFailed whether a probe task has failed since
public record Trip(Cause cause, int value, boolean probeFailed) {

    public enum Cause {
        TEMPERATURE,
        LATENCY,
        ERRORS
    }

    Trip withFailedProbe() {
        return new Trip(cause, value, true);
    }

    /// For people, for example `temperature 91.2 °C above 85.0 °C`.
    String reason() {
        return switch (cause) {
            case TEMPERATURE ->
                "temperature " + tenths(value) + " °C above " + tenths(CircuitBreaker.OPEN_ABOVE_MILLI_CELSIUS) + " °C";
            case LATENCY ->
                "latency " + tenths(value) + " ms above " + tenths(CircuitBreaker.OPEN_ABOVE_LATENCY_MICROS) + " ms";
            case ERRORS -> value + " consecutive errors";
        };
    }

    /// Thousandths with one decimal, rounded up, so that a value above a limit reads above it.
    private static String tenths(int thousandths) {
        var tenths = Math.ceilDiv(thousandths, 100);
        return tenths / 10 + "." + tenths % 10;
    }
}
