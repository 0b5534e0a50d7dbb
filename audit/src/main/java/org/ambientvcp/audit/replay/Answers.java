package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What the topics hold that was made of one source partition, by the inputs it was made of. Entries are taken in
/// rising
/// order of inputs. One thread.
final class Answers implements AutoCloseable {
    private final List<Run.Reader> readers = new ArrayList<>();
    private final PriorityQueue<Run.Reader> heads = new PriorityQueue<>();

    Answers(List<Run> runs) throws IOException {
        for (var run : runs) {
            var reader = run.read();
            readers.add(reader);
            if (reader.head() != null) heads.add(reader);
        }
    }

    /// The entry that is next; null = none is left.
    @Nullable
    Entry peek() {
        var first = heads.peek();
        return first == null ? null : first.head();
    }

    @Nullable
    Entry take() throws IOException {
        var first = heads.poll();
        if (first == null) return null;
        var entry = first.head();
        first.advance();
        if (first.head() != null) heads.add(first);
        return entry;
    }

    /// Takes all entries of inputs below an offset.
    List<Entry> takeBelow(long offset) throws IOException {
        var taken = new ArrayList<Entry>();
        for (var next = peek(); next != null && next.causeOffset() < offset; next = peek()) {
            taken.add(next);
            take();
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        for (var reader : readers) reader.close();
    }
}
