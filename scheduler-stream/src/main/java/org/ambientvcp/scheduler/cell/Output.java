package org.ambientvcp.scheduler.cell;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// One record to be written.
///
/// @param key the record's key in its topic
/// @param value belongs to nobody else; never changed after
/// @param traceparent W3C trace context of the task it is about, as the submitter gave it; null = none
public record Output<T extends SpecificRecord>(
        String key, T value, @Nullable String traceparent) {}
