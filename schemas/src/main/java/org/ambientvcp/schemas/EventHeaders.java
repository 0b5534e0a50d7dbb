package org.ambientvcp.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// CloudEvents 1.0 attributes (Kafka binary mode) and the W3C trace context, as record headers.
public final class EventHeaders {
    public static final String TRACEPARENT = "traceparent";
    /// The input a record was computed from, see [Cause].
    public static final String CAUSE = "vcp_cause";
    /// On a task's offer, what the router chose by: the number of cells and `cell:version` of each summary, by
    /// semicolons.
    public static final String SUMMARIES = "vcp_summaries";
    /// On what telemetry-ingest writes: what it knew of the node when it read the input.
    public static final String KNOWN = "vcp_known";

    private EventHeaders() {}

    /// Sets `ce_specversion`, `ce_id`, `ce_type`, `ce_source`, `ce_time` and `content-type`. The id is the start of
    /// the value's SHA-256, so that a repeated event has the id it had before; a tombstone's is made of its key.
    public static void stamp(
            Headers headers,
            String topic,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Instant time,
            String source) {
        set(headers, "ce_specversion", "1.0");
        set(headers, "ce_id", value == null ? "tombstone-" + id(key) : id(value));
        set(headers, "ce_type", "org.ambientvcp." + topic);
        set(headers, "ce_source", source);
        set(headers, "ce_time", time.toString());
        set(headers, "content-type", "application/avro");
    }

    private static String id(byte @Nullable [] content) {
        return HexFormat.of().formatHex(Sha256.digest(content == null ? new byte[0] : content), 0, 16);
    }

    public static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    public static @Nullable String get(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
