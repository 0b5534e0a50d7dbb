package org.ambientvcp.telemetry;

import java.util.Map;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Records of a store, in the encoding that says itself how to read it. Thread-safe.
final class SingleObjectSerde<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {
    private final Class<T> type;

    SingleObjectSerde(Class<T> type) {
        this.type = type;
    }

    @Override
    @SuppressWarnings("NullAway") // null in, null out: a deleted entry; Kafka's interface carries no null marks
    public byte[] serialize(String topic, @Nullable T value) {
        return value == null ? null : SingleObject.encode(value);
    }

    @Override
    @SuppressWarnings("NullAway") // null in, null out: a deleted entry; Kafka's interface carries no null marks
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
