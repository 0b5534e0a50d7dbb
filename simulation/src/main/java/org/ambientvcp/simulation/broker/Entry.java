package org.ambientvcp.simulation.broker;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A record in a log.
///
/// @param timeMillis append time by the clock of the broker that leads the partition
/// @param value null = none, or bytes that are no record
/// @param transaction null = none
public record Entry(
        long offset,
        long timeMillis,
        @Nullable String key,
        @Nullable SpecificRecord value,
        @Nullable Transaction transaction) {}
