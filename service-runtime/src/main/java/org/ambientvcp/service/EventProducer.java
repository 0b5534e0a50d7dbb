package org.ambientvcp.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Sends events of the catalogue: idempotent, acks=all, at once. Thread-safe.
///
/// Delivery: a future that completes normally is a record the brokers have; one that fails may or may
/// not be there, and whoever sends it again relies on the receiver to know repeats. Futures complete on the
/// producer's only thread: what hangs on them must not block.
public final class EventProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConnection connection;
    private final Map<Topic<?>, AvroSerde<?>> serdes = new ConcurrentHashMap<>();

    /// @param source who produces, for the CloudEvents header `ce_source`
    public EventProducer(KafkaConnection connection, String source) {
        this.connection = connection;
        producer = new KafkaProducer<>(
                connection.producerProperties(source), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Sends to the partition of the key.
    public <V extends SpecificRecord> CompletableFuture<RecordMetadata> send(
            Topic<V> topic, String key, @Nullable V value) {
        return send(topic, null, key, value, null);
    }

    /// @param partition null: by the key
    /// @param traceparent W3C trace context; null: none
    @SuppressWarnings("FutureReturnValueIgnored") // the callback completes the future that is returned
    public <V extends SpecificRecord> CompletableFuture<RecordMetadata> send(
            Topic<V> topic, @Nullable Integer partition, String key, @Nullable V value, @Nullable String traceparent) {
        var headers = new RecordHeaders();
        if (traceparent != null) EventHeaders.set(headers, EventHeaders.TRACEPARENT, traceparent);
        var sent = new CompletableFuture<RecordMetadata>();
        try {
            producer.send(
                    new ProducerRecord<>(
                            topic.name(),
                            partition,
                            null,
                            key.getBytes(StandardCharsets.UTF_8),
                            value == null ? null : serde(topic).serialize(topic.name(), value),
                            headers),
                    (metadata, failure) -> {
                        if (failure == null) sent.complete(metadata);
                        else sent.completeExceptionally(failure);
                    });
        } catch (RuntimeException refused) { // too large, registry away, producer closed
            sent.completeExceptionally(refused);
        }
        return sent;
    }

    public CompletableFuture<RecordMetadata> send(DeadLetter letter) {
        return send(Topics.DEAD_LETTERS, DeadLetters.key(letter), letter);
    }

    /// Partitions of a topic, as the brokers have it now.
    public int partitions(Topic<?> topic) {
        return producer.partitionsFor(topic.name()).size();
    }

    public void flush() {
        producer.flush();
    }

    public Map<MetricName, ? extends Metric> metrics() {
        return producer.metrics();
    }

    /// Sends what is still buffered, for at most 5 s, and closes.
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    @SuppressWarnings("unchecked") // a topic's serde is made for its type
    private <V extends SpecificRecord> AvroSerde<V> serde(Topic<V> topic) {
        return (AvroSerde<V>) serdes.computeIfAbsent(topic, ours -> AvroSerde.of(topic, connection.registry()));
    }
}
