package org.ambientvcp.schemas.registry;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topic;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// A topic's values in Confluent's wire format: 0x00, the 4-byte big-endian schema id, Avro binary.
/// Reads every version the registry has; writes the current one. Thread-safe.
public final class AvroSerde<V extends SpecificRecord> implements Serde<V>, Serializer<V>, Deserializer<V> {
    private static final byte MAGIC = 0;
    private static final int HEADER = 5;

    private final SchemaRegistry registry;
    private final Class<V> type;
    private final Schema schema;
    private final Map<String, Integer> idBySubject = new ConcurrentHashMap<>();

    private AvroSerde(SchemaRegistry registry, Class<V> type) {
        this.registry = registry;
        this.type = type;
        this.schema = AvroCodec.schema(type);
    }

    public static <V extends SpecificRecord> AvroSerde<V> of(Topic<V> topic, SchemaRegistry registry) {
        return new AvroSerde<>(registry, topic.type());
    }

    /// @throws RegistryException if the schema cannot be registered
    @Override
    @SuppressWarnings("NullAway") // null in, null out: a tombstone; Kafka's interface carries no null marks
    public byte[] serialize(String topic, @Nullable V value) {
        if (value == null) return null;
        int id = idBySubject.computeIfAbsent(topic + "-value", subject -> registry.idOf(subject, schema));
        var body = AvroCodec.encode(value);
        return ByteBuffer.allocate(HEADER + body.length)
                .put(MAGIC)
                .putInt(id)
                .put(body)
                .array();
    }

    /// @throws MalformedEventException if the bytes are not one record of this type
    /// @throws RegistryException if the registry does not answer
    @Override
    @SuppressWarnings("NullAway") // null in, null out: a tombstone; Kafka's interface carries no null marks
    public V deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) return null;
        if (bytes.length < HEADER || bytes[0] != MAGIC)
            throw new MalformedEventException(
                    "expected the Confluent wire format (0x00, 4-byte schema id, Avro), got " + bytes.length + " bytes"
                            + (bytes.length == 0 ? "" : " that start with 0x%02x".formatted(bytes[0])),
                    null);
        var id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        try {
            var writer = registry.schemaOf(id);
            if (!writer.getFullName().equals(schema.getFullName()))
                throw new MalformedEventException(
                        "expected " + schema.getFullName() + ", got " + writer.getFullName(), null);
            return AvroCodec.decode(type, writer, bytes, HEADER);
        } catch (UnknownSchemaException unknown) {
            throw new MalformedEventException(
                    "expected " + schema.getFullName() + ": " + unknown.getMessage(), unknown);
        }
    }

    @Override
    public Serializer<V> serializer() {
        return this;
    }

    @Override
    public Deserializer<V> deserializer() {
        return this;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public void close() {}
}
