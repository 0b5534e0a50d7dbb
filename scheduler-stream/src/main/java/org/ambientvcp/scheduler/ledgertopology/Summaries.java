package org.ambientvcp.scheduler.ledgertopology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Latest summaries of the cells, decoded once per version. A summary that cannot be decoded, or speaks for another
/// cell, counts as none: the router then does without. One thread.
final class Summaries {
    private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);

    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final AvroSerde<CellSummary> serde;
    private final Map<Integer, Decoded> decoded = new HashMap<>();

    private static final class Decoded {
        private final byte[] bytes;
        private final @Nullable CellSummary summary;

        Decoded(byte[] bytes, @Nullable CellSummary summary) {
            this.bytes = bytes;
            this.summary = summary;
        }
    }

    Summaries(ReadOnlyKeyValueStore<String, byte[]> store, SchemaRegistry registry) {
        this.store = store;
        this.serde = AvroSerde.of(Topics.CELL_SUMMARIES, registry);
    }

    /// What the router knows now. Another thread keeps the store up to date, so one decision looks once.
    Look look(int cells) {
        var known = new ArrayList<@Nullable CellSummary>(cells);
        for (int cell = 0; cell < cells; cell++) known.add(latest(cell));
        return new Look(known);
    }

    /// Summaries at one moment. Immutable.
    static final class Look {
        private final List<@Nullable CellSummary> known;

        private Look(List<@Nullable CellSummary> known) {
            this.known = known;
        }

        /// Null if the cell has none.
        @Nullable
        CellSummary of(int cell) {
            return known.get(cell);
        }

        /// The number of cells and, behind a semicolon each, `cell:version` of their summaries; a cell without one is
        /// left out.
        String versions() {
            var versions = new StringBuilder().append(known.size());
            for (int cell = 0; cell < known.size(); cell++) {
                var summary = known.get(cell);
                if (summary == null) continue;
                versions.append(';').append(cell).append(':').append(summary.getVersion());
            }
            return versions.toString();
        }
    }

    private @Nullable CellSummary latest(int cell) {
        var bytes = store.get(Integer.toString(cell));
        if (bytes == null) return null;
        var known = decoded.get(cell);
        if (known == null || !Arrays.equals(known.bytes, bytes)) {
            known = new Decoded(bytes, decode(cell, bytes));
            decoded.put(cell, known);
        }
        return known.summary;
    }

    private @Nullable CellSummary decode(int cell, byte[] bytes) {
        try {
            var summary = serde.deserialize(Topics.CELL_SUMMARIES.name(), bytes);
            if (summary.getCell() == cell) return summary;
            LOG.atWarn()
                    .addKeyValue("cell", cell)
                    .addKeyValue("summaryOf", summary.getCell())
                    .log("summary under the key of another cell, not used");
        } catch (MalformedEventException malformed) {
            LOG.atWarn()
                    .addKeyValue("cell", cell)
                    .addKeyValue("reason", malformed.getMessage())
                    .log("summary cannot be decoded, not used");
        }
        return null;
    }
}
