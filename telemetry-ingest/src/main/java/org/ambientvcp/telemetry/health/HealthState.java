package org.ambientvcp.telemetry.health;

import org.ambientvcp.events.NodeHealth;
import org.jspecify.annotations.Nullable;

/// What is kept of a node between samples. The averages outlive samples in which their sensor is
/// silent, so that a sensor that comes back is not believed at once.
///
/// @param published the last health; never changed after it is made
/// @param bandwidthKbps null: never measured
/// @param latencyMicros null: never measured
/// @param computePpm null: never measured
public record HealthState(
        NodeHealth published,
        BreakerState breaker,
        @Nullable Smoothed bandwidthKbps,
        @Nullable Smoothed latencyMicros,
        @Nullable Smoothed computePpm) {

    /// The same health of the node in another cell.
    public HealthState in(int cell) {
        return new HealthState(
                NodeHealth.newBuilder(published).setCell(cell).build(),
                breaker,
                bandwidthKbps,
                latencyMicros,
                computePpm);
    }
}
