package org.ambientvcp.telemetry.health;

/// A moving average and when it was last moved.
///
/// @param value ≥ 0, in the unit of its sensor
/// @param atEpochMillis event time
public record Smoothed(int value, long atEpochMillis) {}
