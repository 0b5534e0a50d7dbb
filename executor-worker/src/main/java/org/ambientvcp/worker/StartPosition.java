package org.ambientvcp.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ambientvcp.events.NodeHome;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Where a node begins to read a cell's assignments, so that it misses nothing and does not read what is long over.
final class StartPosition {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// The longest wall time a task may have, and the longest grace a cell may give.
    private static final long LONGEST_LEASE_MILLIS = 2 * 3_600_000L;
    /// Clocks of brokers differ by less.
    private static final long MARGIN_MILLIS = 60_000;

    private StartPosition() {}

    /// The position that was committed, or else where a node begins that is new in the cell: when it was moved there,
    /// or now, if it was not and is about to register. What is older than any lease can be is passed over.
    ///
    /// @param home null: the node was never moved
    static Offsets.Mark find(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, @Nullable NodeHome home, long nowMillis) {
        var committed = consumer.committed(Set.of(partition), PATIENCE).get(partition);
        if (committed == null) {
            var first = new Offsets.Mark(
                    home == null
                            ? end(consumer, partition)
                            : since(consumer, partition, home.getMovedAtEpochMillis() - MARGIN_MILLIS),
                    "");
            consumer.commitSync(Map.of(partition, AssignmentLoop.position(first)), PATIENCE);
            return first;
        }
        var useful = since(consumer, partition, nowMillis - LONGEST_LEASE_MILLIS - MARGIN_MILLIS);
        return useful > committed.offset()
                ? new Offsets.Mark(useful, "")
                : new Offsets.Mark(committed.offset(), committed.metadata());
    }

    private static long since(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long millis) {
        var found = consumer.offsetsForTimes(Map.of(partition, Math.max(0, millis)), PATIENCE)
                .get(partition);
        return found == null ? end(consumer, partition) : found.offset();
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        var end = consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
        if (end == null) throw new IllegalStateException("no end offset of " + partition);
        return end;
    }
}
