package org.ambientvcp.scheduler;

import java.util.Map;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Values of state stores in Avro's single-object encoding: they name their schema themselves, so a store
/// written by an earlier version is read without a registry. Thread-safe.
public final class StoreSerde<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {
    private final Class<T> type;

    private StoreSerde(Class<T> type) {
        this.type = type;
    }

    public static <T extends SpecificRecord> StoreSerde<T> of(Class<T> type) {
        return new StoreSerde<>(type);
    }

    @Override
    @SuppressWarnings("NullAway") // null in, null out: a tombstone; Kafka's interface carries no null marks
    public byte[] serialize(String topic, @Nullable T value) {
        return value == null ? null : SingleObject.encode(value);
    }

    /// @throws MalformedEventException if the bytes are not one record of this type
    @Override
    @SuppressWarnings("NullAway") // null in, null out: a tombstone; Kafka's interface carries no null marks
    public T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : SingleObject.decode(type, bytes);
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public void close() {}
}
