package org.ambientvcp.scheduler;

import java.util.function.BiConsumer;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// The entries of one kind in a store that holds several: a key is the kind, a slash and the entry's own key; a value
/// is in Avro's single-object encoding, so that it names its schema and one of an earlier version can be read.
///
/// A processor keeps all it knows in one such store, because a transaction takes longer with every partition it writes
/// to, and each store has a changelog of its own. For one thread, as Kafka Streams uses it.
public final class StorePart<V extends SpecificRecord> {
    private static final StringSerializer KEYS = new StringSerializer();

    private final KeyValueStore<String, byte[]> store;
    private final String prefix;
    private final Class<V> type;

    /// @param kind distinguishes these entries from others in the store; without a slash. Durable.
    public StorePart(KeyValueStore<String, byte[]> store, String kind, Class<V> type) {
        this.store = store;
        this.prefix = kind + "/";
        this.type = type;
    }

    /// A store for parts, in memory, with a changelog. An entry that changes several times within one transaction is
    /// written once.
    public static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /// @throws MalformedEventException if what is stored is not such a record
    public @Nullable V get(String key) {
        var value = store.get(prefix + key);
        return value == null ? null : SingleObject.decode(type, value);
    }

    public void put(String key, V value) {
        store.put(prefix + key, SingleObject.encode(value));
    }

    public void delete(String key) {
        store.delete(prefix + key);
    }

    /// Reads all entries of this kind; the store must not be changed meanwhile.
    public void forEach(BiConsumer<String, V> reader) {
        try (var entries = store.prefixScan(prefix, KEYS)) {
            entries.forEachRemaining(entry ->
                    reader.accept(entry.key.substring(prefix.length()), SingleObject.decode(type, entry.value)));
        }
    }
}
