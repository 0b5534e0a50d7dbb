package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.schemas.AvroCodec;
import org.jspecify.annotations.Nullable;

/// Summaries of cells by version, as their logs give them. Thread-safe.
final class SummaryShelf {
    private static final int KEPT_DECODED = 1024;

    private record Version(int cell, long version) {}

    private final Shelf shelf;
    private final Map<Version, Long> places = new HashMap<>();
    private final Map<Version, CellSummary> decoded = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, CellSummary> eldest) {
            return size() > KEPT_DECODED;
        }
    };

    SummaryShelf(Shelf shelf) {
        this.shelf = shelf;
    }

    synchronized void put(CellSummary summary, long version) throws IOException {
        places.put(new Version(summary.getCell(), version), shelf.put(AvroCodec.encode(summary)));
    }

    /// The summary; null if it was never put here.
    synchronized @Nullable CellSummary get(int cell, long version) {
        var key = new Version(cell, version);
        var known = decoded.get(key);
        if (known != null) return known;
        var place = places.get(key);
        if (place == null) return null;
        try {
            var summary = AvroCodec.decode(CellSummary.class, shelf.get(place));
            decoded.put(key, summary);
            return summary;
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
