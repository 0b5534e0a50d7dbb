package org.ambientvcp.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes the catalogue's topics and waits until they can be used.
public final class TopicAdmin {
    /// The largest record that services write: commands, jobs and states hold several records from outside.
    public static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;
    /// The largest record from outside, as the broker's default allows.
    private static final int MAX_OUTSIDE_BYTES = 1024 * 1024;

    private static final Duration POLL = Duration.ofMillis(20);

    /// How many partitions and replicas the topics get.
    ///
    /// @param cells partitions of the topics that are partitioned by cell, ≥ 1
    /// @param partitions partitions of the topics that are partitioned by key, ≥ 1
    /// @param replicas copies of every partition, ≥ 1
    public record Layout(int cells, int partitions, short replicas) {
        public Layout {
            if (cells < 1) throw new IllegalArgumentException("cells is not positive: " + cells);
            if (partitions < 1) throw new IllegalArgumentException("partitions is not positive: " + partitions);
            if (replicas < 1) throw new IllegalArgumentException("replicas is not positive: " + replicas);
        }
    }

    private TopicAdmin() {}

    /// Makes every topic that is missing, waits for all; returns the names of the new ones.
    ///
    /// @throws ExecutionException if the broker refuses
    public static List<String> createMissing(Admin admin, Layout layout, Duration timeout)
            throws ExecutionException, InterruptedException {
        var created = new ArrayList<String>();
        for (var result : admin.createTopics(Topics.all().stream()
                        .map(topic -> newTopic(topic, layout))
                        .toList())
                .values()
                .entrySet()) {
            try {
                result.getValue().get();
                created.add(result.getKey());
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof TopicExistsException)) throw refused;
            }
        }
        awaitUsable(admin, Topics.all(), timeout);
        return created;
    }

    /// Waits until every partition of these topics has a leader that answers. `createTopics` returns
    /// before that, and an early first batch can be lost (KAFKA-15591).
    ///
    /// @throws IllegalStateException if they are not there in time; names what is missing
    public static void awaitUsable(Admin admin, List<Topic<?>> topics, Duration timeout)
            throws ExecutionException, InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        var names = topics.stream().map(Topic::name).toList();
        while (true) {
            try {
                var latest = new HashMap<TopicPartition, OffsetSpec>();
                admin.describeTopics(names)
                        .allTopicNames()
                        .get()
                        .forEach((name, topic) -> topic.partitions()
                                .forEach(partition -> latest.put(
                                        new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
                admin.listOffsets(latest).all().get();
                return;
            } catch (ExecutionException notYet) {
                if (!(notYet.getCause() instanceof RetriableException)) throw notYet;
                if (System.nanoTime() > deadline)
                    throw new IllegalStateException(
                            unusable(admin, names) + " after " + timeout.toSeconds() + " s", notYet);
            }
            Thread.sleep(POLL);
        }
    }

    private static String unusable(Admin admin, List<String> names) throws InterruptedException {
        var missing = new TreeSet<>(names);
        try {
            missing.removeAll(admin.listTopics().names().get());
        } catch (ExecutionException unreachable) {
            return "the brokers cannot be reached";
        }
        return missing.isEmpty()
                ? "topics " + names + " have partitions without a leader"
                : "topics " + missing + " do not exist (make them with: vcp topics create)";
    }

    /// The topic as it is made; what the settings say is in docs/topics.md.
    public static NewTopic newTopic(Topic<?> topic, Layout layout) {
        var partitions = topic.partitioning() == Topic.Partitioning.BY_CELL ? layout.cells() : layout.partitions();
        return new NewTopic(topic.name(), partitions, layout.replicas()).configs(configs(topic, layout.replicas()));
    }

    /// How compacted logs are kept short, so that reading one from its beginning takes as long as what it holds
    /// now and not as long as its history: the segment that is written to is not compacted, and tombstones stay
    /// until their time is over.
    public static Map<String, String> compaction() {
        return Map.of(
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(16 * 1024 * 1024),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.3",
                // Longer than anybody takes to read such a log; a reader that falls further behind might miss an end.
                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                Long.toString(Duration.ofMinutes(5).toMillis()));
    }

    private static Map<String, String> configs(Topic<?> topic, int replicas) {
        var configs = new HashMap<String, String>();
        configs.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                switch (topic.cleanup()) {
                    case DELETE -> "delete";
                    case COMPACT -> "compact";
                    case COMPACT_AND_DELETE -> "compact,delete";
                });
        configs.put(
                TopicConfig.RETENTION_MS_CONFIG,
                topic.retention() == null
                        ? "-1"
                        : Long.toString(topic.retention().toMillis()));
        if (topic.cleanup() != Topic.Cleanup.DELETE) configs.putAll(compaction());
        var fromOutside = topic.payload() != null || topic.equals(Topics.TASKS);
        configs.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(fromOutside ? MAX_OUTSIDE_BYTES : MAX_RECORD_BYTES));
        // What is acknowledged survives the loss of one broker.
        configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(Math.max(1, replicas - 1)));
        // The clock of cells, ledger and breakers is the log's: the broker stamps each record as it appends it.
        if (List.of(Topics.CELL_COMMANDS, Topics.LEDGER_COMMANDS, Topics.TELEMETRY)
                .contains(topic)) configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        return configs;
    }
}
