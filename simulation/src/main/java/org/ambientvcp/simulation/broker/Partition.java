package org.ambientvcp.simulation.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// One log. Readers see what is committed, up to the first open transaction (read_committed); markers take
/// offsets, as they do in Kafka.
public final class Partition {
    private final String topic;
    private final int number;
    /// Null where a marker is.
    private final List<@Nullable Entry> entries = new ArrayList<>();
    /// First offset by open transaction, oldest first.
    private final Map<Transaction, Long> open = new LinkedHashMap<>();

    private final List<Runnable> listeners = new ArrayList<>();

    /// By how much the leader's clock is ahead, milliseconds.
    long skewMillis;

    Partition(String topic, int number) {
        this.topic = topic;
        this.number = number;
    }

    public String topic() {
        return topic;
    }

    public int number() {
        return number;
    }

    /// Calls back when there may be more to read.
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public long append(
            long nowMillis, @Nullable String key, @Nullable SpecificRecord value, @Nullable Transaction transaction) {
        long offset = entries.size();
        if (transaction != null) {
            transaction.touches(this);
            open.putIfAbsent(transaction, offset);
        }
        entries.add(new Entry(offset, Math.max(0, nowMillis + skewMillis), key, value, transaction));
        if (transaction == null) listeners.forEach(Runnable::run);
        return offset;
    }

    /// The marker of a transaction that has been decided.
    public void mark(Transaction transaction) {
        if (transaction.isOpen()) throw new IllegalStateException("the transaction is open");
        if (open.remove(transaction) == null) return;
        entries.add(null);
        listeners.forEach(Runnable::run);
    }

    /// Whether the transaction's marker is still under way.
    public boolean awaits(Transaction transaction) {
        return open.containsKey(transaction);
    }

    /// The first committed record at this offset or later; null = none yet.
    public @Nullable Entry next(long offset) {
        long end = open.isEmpty() ? entries.size() : open.values().iterator().next();
        for (long at = offset; at < end; at++) {
            var entry = entries.get((int) at);
            if (entry != null
                    && (entry.transaction() == null || entry.transaction().isCommitted())) return entry;
        }
        return null;
    }

    public long end() {
        return entries.size();
    }

    @Override
    public String toString() {
        return topic + "-" + number;
    }
}
