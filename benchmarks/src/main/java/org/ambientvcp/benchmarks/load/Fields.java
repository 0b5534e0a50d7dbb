package org.ambientvcp.benchmarks.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/// Reads a few fields of a topic's records and skips the others, so that watching costs little. Thread-safe.
final class Fields {
    private static final int HEADER = 5;

    private final SchemaRegistry registry;
    private final Schema wanted;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new ConcurrentHashMap<>();

    Fields(Topic<?> topic, SchemaRegistry registry, String... names) {
        this.registry = registry;
        var all = AvroCodec.schema(topic.type());
        wanted = Schema.createRecord(
                all.getName(),
                null,
                all.getNamespace(),
                false,
                Stream.of(names)
                        .map(name -> requireNonNull(all.getField(name), name))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
    }

    /// @param value in Confluent's wire format, of this topic
    GenericRecord read(byte[] value) {
        var id = ByteBuffer.wrap(value, 1, 4).getInt();
        var reader = readers.computeIfAbsent(id, known -> new GenericDatumReader<>(registry.schemaOf(known), wanted));
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
