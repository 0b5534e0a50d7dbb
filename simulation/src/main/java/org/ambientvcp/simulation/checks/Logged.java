package org.ambientvcp.simulation.checks;

import org.jspecify.annotations.Nullable;

/// A committed record.
///
/// @param timeMillis its append time, milliseconds since 1970
/// @param key null = none, or none that is text
/// @param value null = none, or none that can be decoded
public record Logged<V>(
        int partition,
        long offset,
        long timeMillis,
        @Nullable String key,
        @Nullable V value) {}
