package org.ambientvcp.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;

/// Every schema a record type ever had, by fingerprint: the current one and the checked-in
/// `/schema-history/TYPE.vN.avsc`, numbered from 1 without gaps. Thread-safe.
public final class SchemaVersions {
    private static final ClassValue<Map<Long, Schema>> BY_TYPE = new ClassValue<>() {
        @Override
        @SuppressWarnings("unchecked") // only asked for record types
        protected Map<Long, Schema> computeValue(Class<?> type) {
            return load((Class<? extends SpecificRecord>) type);
        }
    };
    private static final Map<Schema, Long> FINGERPRINTS = new ConcurrentHashMap<>();

    private SchemaVersions() {}

    /// All versions of a type by 64-bit Rabin fingerprint of the parsing canonical form.
    public static Map<Long, Schema> of(Class<? extends SpecificRecord> type) {
        return BY_TYPE.get(type);
    }

    static long fingerprint(Schema schema) {
        return FINGERPRINTS.computeIfAbsent(schema, SchemaNormalization::parsingFingerprint64);
    }

    private static Map<Long, Schema> load(Class<? extends SpecificRecord> type) {
        var versions = new HashMap<Long, Schema>();
        for (int version = 1; ; version++) {
            var name = "/schema-history/" + type.getSimpleName() + ".v" + version + ".avsc";
            try (var in = SchemaVersions.class.getResourceAsStream(name)) {
                if (in == null) break;
                var schema = new Schema.Parser().parse(in);
                versions.put(SchemaNormalization.parsingFingerprint64(schema), schema);
            } catch (IOException broken) {
                throw new UncheckedIOException("cannot read " + name, broken);
            }
        }
        var current = AvroCodec.schema(type);
        versions.put(SchemaNormalization.parsingFingerprint64(current), current);
        return Map.copyOf(versions);
    }
}
