package org.ambientvcp.schemas.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/// Ids of schemas. Implementations are thread-safe.
public interface SchemaRegistry {
    /// The id of a schema under a subject; registers it if it is new.
    ///
    /// @throws RegistryException if the registry refuses it (for example as incompatible) or does not answer
    int idOf(String subject, Schema schema);

    /// The schema of an id.
    ///
    /// @throws UnknownSchemaException if the registry has no such id
    /// @throws RegistryException if it does not answer
    Schema schemaOf(int id);

    /// A registry of this JVM only, for topologies that run without a broker. It checks nothing.
    static SchemaRegistry inMemory() {
        return new SchemaRegistry() {
            private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
            private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

            @Override
            public synchronized int idOf(String subject, Schema schema) {
                return ids.computeIfAbsent(schema, unknown -> {
                    var id = ids.size() + 1;
                    schemas.put(id, unknown);
                    return id;
                });
            }

            @Override
            public Schema schemaOf(int id) {
                var schema = schemas.get(id);
                if (schema == null) throw new UnknownSchemaException(id);
                return schema;
            }
        };
    }
}
