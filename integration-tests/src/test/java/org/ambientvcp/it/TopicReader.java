package org.ambientvcp.it;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads a topic from its beginning. Sees committed records only; records that cannot be decoded are left out, because
/// tests put some there. One thread.
final class TopicReader<V extends SpecificRecord> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroSerde<V> serde;
    private final String topic;
    private final List<TopicPartition> partitions;
    private final List<Event<V>> events = new ArrayList<>();

    TopicReader(KafkaConnection kafka, Topic<V> topic) {
        consumer = new KafkaConsumer<>(
                kafka.consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        serde = AvroSerde.of(topic, kafka.registry());
        this.topic = topic.name();
        partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// Everything that is in the topic now, in the order of the partitions' logs.
    List<Event<V>> all() {
        var ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) poll();
        return List.copyOf(events);
    }

    /// The first event of this kind, once there is one.
    Event<V> first(String what, Predicate<Event<V>> wanted) throws Exception {
        return Await.until(
                        topic + " has " + what,
                        () -> {
                            var known = events.stream().filter(wanted).findFirst();
                            if (known.isEmpty()) poll();
                            return known;
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private void poll() {
        for (var record : consumer.poll(POLL)) {
            if (record.value() == null) continue;
            try {
                events.add(new Event<>(
                        record.partition(),
                        record.offset(),
                        key(record),
                        ByteBuffer.wrap(record.value()).asReadOnlyBuffer(),
                        serde.deserialize(record.topic(), record.value())));
            } catch (MalformedEventException ofATest) {
                // its dead letter is what the test looks for
            }
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
