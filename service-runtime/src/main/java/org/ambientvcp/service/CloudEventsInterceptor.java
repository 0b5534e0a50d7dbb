package org.ambientvcp.service;

import java.time.Instant;
import java.util.Map;
import org.ambientvcp.schemas.EventHeaders;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Gives every record of ours its CloudEvents headers. Works on producers of byte arrays.
public final class CloudEventsInterceptor implements ProducerInterceptor<byte[], byte[]> {
    /// Producer setting: the value of `ce_source`.
    public static final String SOURCE = "vcp.ce.source";

    private static final String OURS = "vcp.";
    private String source = "ambient-vcp";

    @Override
    public void configure(Map<String, ?> configs) {
        if (configs.get(SOURCE) instanceof String configured) source = configured;
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (!record.topic().startsWith(OURS)) return record; // internal topics of Kafka Streams
        var time = record.timestamp() == null ? Instant.now() : Instant.ofEpochMilli(record.timestamp());
        EventHeaders.stamp(record.headers(), record.topic(), record.key(), record.value(), time, source);
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

    @Override
    public void close() {}
}
