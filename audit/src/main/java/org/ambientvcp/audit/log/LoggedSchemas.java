package org.ambientvcp.audit.log;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.schemas.registry.UnknownSchemaException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The schemas that values in exported logs were written with. Thread-safe.
public final class LoggedSchemas implements SchemaRegistry {
    private static final int HEADER = 5;

    private record Use(Topic<?> topic, int id) {}

    private final Map<Integer, Schema> schemas;
    private final Map<Use, Boolean> current = new ConcurrentHashMap<>();
    private final Map<Topic<?>, AvroSerde<?>> serdes = new ConcurrentHashMap<>();

    public LoggedSchemas(Map<Integer, Schema> schemas) {
        this.schemas = Map.copyOf(schemas);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        throw new UnsupportedOperationException("an audit registers no schemas");
    }

    @Override
    public Schema schemaOf(int id) {
        var schema = schemas.get(id);
        if (schema == null) throw new UnknownSchemaException(id);
        return schema;
    }

    /// Reads a topic's value, whatever version of the schema it was written with.
    ///
    /// @throws MalformedEventException if it is none
    @SuppressWarnings("unchecked") // a topic's serde is of the topic's type
    public <V extends SpecificRecord> V decode(Topic<V> topic, byte[] value) {
        var serde = (AvroSerde<V>) serdes.computeIfAbsent(topic, unknown -> AvroSerde.of(topic, this));
        return serde.deserialize(topic.name(), value);
    }

    /// The value's Avro bytes by the topic's current schema: the very bytes if it was written with it, else encoded
    /// again.
    ///
    /// @return null if the value's own bytes from the sixth on are it
    /// @throws MalformedEventException if the value is none of this topic
    public byte @Nullable [] reencoded(Topic<?> topic, byte[] value) {
        if (value.length >= HEADER
                && value[0] == 0
                && isCurrent(topic, ByteBuffer.wrap(value, 1, 4).getInt())) return null;
        return AvroCodec.encode(decode(topic, value));
    }

    private boolean isCurrent(Topic<?> topic, int id) {
        return current.computeIfAbsent(
                new Use(topic, id), use -> AvroCodec.schema(topic.type()).equals(schemas.get(id)));
    }
}
