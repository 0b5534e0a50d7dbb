package org.ambientvcp.schemas;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/// Avro's readers, kept. To make one, Avro matches the writer's schema with ours, branch by branch; for a union of
/// commands that takes a hundred times as long as to read one. Thread-safe. So are the readers: what they consist of
/// Avro itself shares between all readers of a model.
///
/// Writers' schemas come from outside: the readers used last are kept, and no more than these.
final class AvroReaders {
    private static final int KEPT = 1_024;

    private record Pair(Class<?> type, Schema writer) {}

    private final Map<Pair, DatumReader<?>> readers = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, DatumReader<?>> eldest) {
            return size() > KEPT;
        }
    };

    /// Reads what was written with `writer` as the current version of `type`.
    ///
    /// @throws org.apache.avro.AvroRuntimeException if one cannot be read as the other
    DatumReader<?> of(Class<? extends SpecificRecord> type, Schema writer) throws IOException {
        var pair = new Pair(type, writer);
        synchronized (readers) {
            var kept = readers.get(pair);
            if (kept != null) return kept;
        }
        var reader = AvroCodec.schema(type);
        DatumReader<?> made =
                SpecificData.getForSchema(reader).getFastReaderBuilder().createDatumReader(writer, reader);
        synchronized (readers) {
            readers.put(pair, made);
        }
        return made;
    }

    int size() {
        synchronized (readers) {
            return readers.size();
        }
    }
}
