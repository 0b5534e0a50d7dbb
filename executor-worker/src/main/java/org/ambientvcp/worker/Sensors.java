package org.ambientvcp.worker;

import org.ambientvcp.events.EnergySource;
import org.jspecify.annotations.Nullable;

/// Where a node's measurements come from. Thread-safe. The node that uses them closes them.
public interface Sensors extends AutoCloseable {
    /// Measures now. Called once per telemetry interval, by one thread at a time.
    Readings sample();

    /// The energy meter as it stands now; null if the node has none. Called often, by any thread.
    @Nullable
    Meter meter();

    @Override
    default void close() {}

    /// One measurement; a sensor that is missing is null, never 0.
    ///
    /// @param bandwidthKbps to the brokers
    /// @param latencyMicros round trip to the brokers
    /// @param cpuFreePpm free share of all processors since the last sample, 0–1,000,000
    /// @param memoryFreePpm free share of the memory, 0–1,000,000
    /// @param temperatureMilliCelsius of the hottest zone
    record Readings(
            @Nullable Integer bandwidthKbps,
            @Nullable Integer latencyMicros,
            @Nullable Integer cpuFreePpm,
            @Nullable Integer memoryFreePpm,
            @Nullable Integer temperatureMilliCelsius) {
        /// Nothing could be measured.
        public static final Readings NONE = new Readings(null, null, null, null, null);
    }

    /// A cumulative meter of the whole node that never decreases while the process lives.
    ///
    /// @param counterMicrojoules energy since the meter was opened, ≥ 0
    /// @param uncertaintyPpm relative standard uncertainty, parts per million
    record Meter(EnergySource source, long counterMicrojoules, int uncertaintyPpm) {
        public Meter {
            if (counterMicrojoules < 0)
                throw new IllegalArgumentException("counterMicrojoules is negative: " + counterMicrojoules);
            if (uncertaintyPpm < 0) throw new IllegalArgumentException("uncertaintyPpm is negative: " + uncertaintyPpm);
        }
    }
}
