package org.ambientvcp.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.testbroker.TestBroker;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A broker with the catalogue's topics: two cells, one partition by key.
final class TestCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final TestBroker broker;
    final KafkaConnection connection;
    final EventProducer producer;

    TestCluster(Path directory) throws Exception {
        broker = TestBroker.start(directory, Map.of());
        connection = new KafkaConnection(broker.bootstrapServers(), Map.of(), SchemaRegistry.inMemory());
        try (var admin = connection.admin()) {
            TopicAdmin.createMissing(admin, new TopicAdmin.Layout(2, 1, (short) 1), PATIENCE);
        }
        producer = new EventProducer(connection, "test");
    }

    /// One record of a topic.
    record Event<V>(String key, V value, org.apache.kafka.common.header.Headers headers) {}

    /// Reads a topic from its beginning until enough events of a kind are there; fails after a minute.
    <V extends SpecificRecord> List<Event<V>> await(Topic<V> topic, int count, Predicate<Event<V>> kind) {
        var found = new ArrayList<Event<V>>();
        try (var reader = reader(topic)) {
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (found.size() < count) {
                if (System.nanoTime() > end)
                    throw new AssertionError(
                            "expected " + count + " events in " + topic.name() + ", found " + found.size());
                collect(topic, reader, kind, found);
            }
        }
        return found;
    }

    /// All events of a kind that a topic has now.
    <V extends SpecificRecord> List<Event<V>> all(Topic<V> topic, Predicate<Event<V>> kind) {
        var found = new ArrayList<Event<V>>();
        try (var reader = reader(topic)) {
            var ends = reader.endOffsets(reader.assignment());
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue()))
                collect(topic, reader, kind, found);
        }
        return found;
    }

    private <V extends SpecificRecord> void collect(
            Topic<V> topic, KafkaConsumer<String, byte[]> reader, Predicate<Event<V>> kind, List<Event<V>> found) {
        var serde = AvroSerde.of(topic, connection.registry());
        for (var record : reader.poll(Duration.ofMillis(100))) {
            var event = new Event<>(record.key(), serde.deserialize(record.topic(), record.value()), record.headers());
            if (kind.test(event)) found.add(event);
        }
    }

    private KafkaConsumer<String, byte[]> reader(Topic<?> topic) {
        var reader = new KafkaConsumer<>(
                connection.consumerProperties(), new StringDeserializer(), new ByteArrayDeserializer());
        var partitions = reader.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        return reader;
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
