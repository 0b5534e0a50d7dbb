package org.ambientvcp.gateway.kafka;

import java.nio.charset.StandardCharsets;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record of a log and where it is.
public record LogRecord<V extends SpecificRecord>(
        int partition, long offset, long timestampEpochMillis, String key, V value) {

    /// Whether a record's key is this text; no key is none.
    static boolean hasKey(ConsumerRecord<byte[], byte[]> record, String key) {
        return record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals(key);
    }

    /// @throws MalformedEventException if it cannot be decoded
    static <V extends SpecificRecord> LogRecord<V> of(
            Topic<V> topic, KafkaConnection connection, ConsumerRecord<byte[], byte[]> record) {
        var value = AvroSerde.of(topic, connection.registry()).deserialize(topic.name(), record.value());
        return new LogRecord<>(
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
                value);
    }
}
