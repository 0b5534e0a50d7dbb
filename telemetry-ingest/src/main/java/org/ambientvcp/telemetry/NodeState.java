package org.ambientvcp.telemetry;

import org.ambientvcp.telemetry.energy.MeterReading;
import org.ambientvcp.telemetry.health.HealthState;
import org.ambientvcp.telemetry.update.SentUpdate;
import org.jspecify.annotations.Nullable;

/// What the store holds of a node that has sent telemetry.
///
/// @param meter the last energy reading that was believed; null: none
/// @param sent the last update its cell got; null: no cell knows it
public record NodeState(
        HealthState health,
        @Nullable MeterReading meter,
        @Nullable SentUpdate sent) {}
