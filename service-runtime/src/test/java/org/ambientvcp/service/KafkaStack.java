package org.ambientvcp.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.ambientvcp.embedded.EmbeddedRegistry;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.testbroker.TestBroker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A broker, a registry and the catalogue's topics, of one partition each.
final class KafkaStack implements AutoCloseable {
    private static final long POLL_NANOS = 5_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final TestBroker broker;
    private final EmbeddedRegistry registry;
    final String registryUrl;

    KafkaStack(Path directory) throws Exception {
        broker = TestBroker.start(directory, Map.of());
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        registryUrl = registry.url();
        try (var admin = connection().admin()) {
            TopicAdmin.createMissing(admin, new TopicAdmin.Layout(1, 1, (short) 1), PATIENCE);
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    KafkaConnection connection() {
        return new KafkaConnection(broker.bootstrapServers(), Map.of(), new RegistryClient(URI.create(registryUrl)));
    }

    void sendRaw(Topic<?> topic, byte[] key, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                connection().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        }
    }

    /// Waits until a topic has this many committed records, and gives all of them.
    List<ConsumerRecord<byte[], byte[]>> read(Topic<?> topic, int count) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                connection().consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }

    /// Waits for a condition; polls, because what it asks has no event to wait for.
    static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("gave up waiting").isLessThan(end);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
