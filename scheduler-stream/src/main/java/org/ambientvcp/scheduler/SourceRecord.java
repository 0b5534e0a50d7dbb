package org.ambientvcp.scheduler;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.schemas.Cause;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.EventHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// A record as it came from the broker: bytes and where they were.
public final class SourceRecord {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Record<byte[], byte[]> record;
    private final RecordMetadata place;
    private int caused;

    private SourceRecord(Record<byte[], byte[]> record, RecordMetadata place) {
        this.record = record;
        this.place = place;
    }

    /// @throws IllegalStateException if Kafka Streams does not process a record now
    public static SourceRecord of(ProcessingContext context, Record<byte[], byte[]> record) {
        return new SourceRecord(
                record, context.recordMetadata().orElseThrow(() -> new IllegalStateException("no record in process")));
    }

    /// A producer may claim a time before 1970, which would stop Kafka Streams; it counts as 1970.
    public static TimestampExtractor timestamps() {
        return SourceRecord::timestamp;
    }

    private static long timestamp(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }

    /// Name of the topic.
    public String topic() {
        return place.topic();
    }

    /// The key as text; null if there is none. Bytes that are no UTF-8 give a text that equals no valid key.
    public @Nullable String key() {
        return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }

    /// The value; null for a tombstone.
    public byte @Nullable [] value() {
        return record.value();
    }

    /// ≥ 0; append time or the producer's, as the topic has it.
    public long timestampEpochMillis() {
        return record.timestamp();
    }

    /// The letter that keeps these bytes.
    ///
    /// @param service who refuses them
    public DeadLetter refuse(Refusal refusal, String service) {
        return DeadLetters.of(
                place.topic(),
                place.partition(),
                place.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                refusal.code(),
                refusal.reason(),
                service);
    }

    /// Says in a record's headers that it was made of this one, as the next of all that are.
    public Headers cause(Headers headers) {
        return new Cause(place.topic(), place.partition(), place.offset(), caused++).in(headers);
    }

    /// Headers of the next record that is made of this one: its cause and, the only header that travels on, the trace
    /// context, if it is one.
    ///
    /// @param fallback trace context if the record has none; may be null or malformed
    public Headers trace(@Nullable String fallback) {
        var onward = new RecordHeaders();
        var own = EventHeaders.get(record.headers(), EventHeaders.TRACEPARENT);
        var trace = own != null && TRACEPARENT.matcher(own).matches() ? own : fallback;
        if (trace != null && TRACEPARENT.matcher(trace).matches())
            EventHeaders.set(onward, EventHeaders.TRACEPARENT, trace);
        return cause(onward);
    }
}
