package org.ambientvcp.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topic a registry keeps its schemas in.
final class SchemaTopic {

    /// A request of the largest size, escaped once more as JSON within JSON.
    static final int MAX_RECORD_BYTES = 4 << 20;

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private SchemaTopic() {}

    /// Creates the topic unless it exists, and waits until it can be written and read.
    ///
    /// @throws StartException if it exists and is not one partition and compacted, or Kafka cannot be reached
    static void ensure(String bootstrapServers, String topic) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            create(admin, topic);
            check(admin, topic);
            awaitLeader(admin, new TopicPartition(topic, 0));
        } catch (ExecutionException e) {
            throw new StartException(
                    "cannot create or check " + topic + " on " + bootstrapServers + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while creating " + topic, e);
        }
    }

    private static void create(Admin admin, String topic) throws ExecutionException, InterruptedException {
        var settings = Map.of("cleanup.policy", "compact", "max.message.bytes", Integer.toString(MAX_RECORD_BYTES));
        var created = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings);
        try {
            admin.createTopics(List.of(created)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) throw e;
        }
    }

    /// A topic with more partitions has no order, and one that is not compacted forgets schemas.
    private static void check(Admin admin, String topic) throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var partitions = retrying(() ->
                        admin.describeTopics(List.of(topic)).allTopicNames().get())
                .values()
                .stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
        if (partitions != 1)
            throw new StartException(topic + " has " + partitions + " partitions, it must have 1", null);
        var policy = retrying(
                        () -> admin.describeConfigs(List.of(resource)).all().get())
                .values()
                .stream()
                .map(SchemaTopic::cleanupPolicy)
                .findFirst()
                .orElse("");
        if (!policy.equals("compact"))
            throw new StartException(topic + " has cleanup.policy=" + policy + ", it must be compact", null);
    }

    private static String cleanupPolicy(Config config) {
        return config.get("cleanup.policy").value();
    }

    /// `createTopics` returns before the leader is there, and a batch sent before that may be lost (KAFKA-15591).
    private static void awaitLeader(Admin admin, TopicPartition partition)
            throws ExecutionException, InterruptedException {
        var _ = retrying(() ->
                admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all().get());
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    private static <T> T retrying(Question<T> question) throws ExecutionException, InterruptedException {
        var deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
        while (true) {
            try {
                return question.ask();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) throw e;
            }
            Thread.sleep(PAUSE);
        }
    }
}
