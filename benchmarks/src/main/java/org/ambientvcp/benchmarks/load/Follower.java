package org.ambientvcp.benchmarks.load;

import java.time.Duration;
import java.util.function.Consumer;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.service.KafkaConnection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads all partitions of a topic, from its end at the start on, in a thread of its own.
final class Follower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<byte[]> values;
    private final Thread thread;
    private volatile boolean closed;

    /// @param committed whether only committed records are read, else all
    /// @param fromStart whether it begins with the first record, else with the next one
    Follower(
            KafkaConnection connection, Topic<?> topic, boolean committed, boolean fromStart, Consumer<byte[]> values) {
        this.values = values;
        var properties = connection.consumerProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed ? "read_committed" : "read_uncommitted");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        if (fromStart) consumer.seekToBeginning(partitions);
        else consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // decide it now, before the first task
        thread = Thread.ofPlatform().name("follow-" + topic.name()).start(this::follow);
    }

    private void follow() {
        while (!closed)
            for (var record : consumer.poll(POLL)) if (record.value() != null) values.accept(record.value());
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
            consumer.close();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
