package org.ambientvcp.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Kafka clients of strings, as the tests need them.
final class KafkaFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private KafkaFixture() {}

    /// Creates a topic of one partition and waits until it can be written: KAFKA-15591 may lose the first batch before.
    static void createTopic(String bootstrapServers, String name) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                try {
                    admin.listOffsets(Map.of(new TopicPartition(name, 0), OffsetSpec.latest()))
                            .all()
                            .get();
                    return;
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > end) throw e;
                }
            }
        }
    }

    static KafkaProducer<String, String> producer(String bootstrapServers, Map<String, Object> more) {
        var settings = new HashMap<String, Object>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /// The values of a topic's one partition from its beginning to its end, as a `read_committed` reader sees them.
    static List<String> valuesOf(String bootstrapServers, String topic) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers, "isolation.level", "read_committed", "max.poll.records", "5000");
        var partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var values = new ArrayList<String>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
