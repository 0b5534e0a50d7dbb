package org.ambientvcp.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/// Avro's readers, which are made once for each pair of schemas and thread: to make one resolves the schemas, which
/// takes several times as long as to read a record. Avro does not say that a reader may be used by two threads.
final class AvroReaders {
    /// A thread meets a few dozen pairs. Whoever registers schemas without end makes it forget all of them.
    static final int MOST = 512;

    private record Pair(Schema writer, Class<?> type) {}

    private static final ThreadLocal<Map<Pair, SpecificDatumReader<?>>> READERS = ThreadLocal.withInitial(HashMap::new);

    private AvroReaders() {}

    /// The calling thread's reader; not for another thread.
    ///
    /// @param reader current schema of `type`
    @SuppressWarnings("unchecked") // a reader stands under the type it reads
    static <T extends SpecificRecord> SpecificDatumReader<T> reader(Class<T> type, Schema writer, Schema reader) {
        var known = READERS.get();
        var pair = new Pair(writer, type);
        var made = known.get(pair);
        if (made == null) {
            made = new SpecificDatumReader<T>(writer, reader, SpecificData.getForSchema(reader));
            if (known.size() >= MOST) known.clear();
            known.put(pair, made);
        }
        return (SpecificDatumReader<T>) made;
    }

    /// How many the calling thread keeps.
    static int known() {
        return READERS.get().size();
    }
}
