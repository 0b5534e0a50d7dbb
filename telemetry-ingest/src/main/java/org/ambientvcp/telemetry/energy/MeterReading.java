package org.ambientvcp.telemetry.energy;

import org.ambientvcp.events.EnergyReading;

/// The last reading of a node that was believed.
///
/// @param epoch of its sample
/// @param observedAtEpochMillis node's clock
public record MeterReading(EnergyReading reading, long epoch, long observedAtEpochMillis) {}
