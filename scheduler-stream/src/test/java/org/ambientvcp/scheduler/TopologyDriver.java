package org.ambientvcp.scheduler;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.StreamsOptions;
import org.ambientvcp.service.StreamsService;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// A topology with the settings of production, without a broker. Inputs are bytes, as they come from outside.
public final class TopologyDriver implements AutoCloseable {
    public final SchemaRegistry registry;
    public final MetricRegistry metrics;
    private final TopologyTestDriver driver;

    public TopologyDriver(
            Topology topology,
            SchemaRegistry registry,
            MetricRegistry metrics,
            boolean exactlyOnce,
            Path stateDirectory) {
        this.registry = registry;
        this.metrics = metrics;
        this.driver = new TopologyTestDriver(
                topology,
                StreamsService.properties(
                        "scheduler-stream",
                        new KafkaConnection("nowhere:9092", Map.of(), registry),
                        new StreamsOptions("test", exactlyOnce, Duration.ofMillis(10), 1, stateDirectory, 1, 0)));
    }

    public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
        return AvroSerde.of(topic, registry).serialize(topic.name(), value);
    }

    public <V extends SpecificRecord> void send(Topic<V> topic, @Nullable String key, V value, long timestamp) {
        sendBytes(topic, key, encode(topic, value), timestamp, new RecordHeaders());
    }

    @SuppressWarnings("NullAway") // null keys and values are what is tested; Kafka's classes carry no null marks
    public void sendBytes(
            Topic<?> topic, @Nullable String key, byte @Nullable [] value, long timestamp, Headers headers) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, Instant.ofEpochMilli(timestamp)));
    }

    /// Everything that was written to a topic since the last call.
    public <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), AvroSerde.of(topic, registry))
                .readRecordsToList();
    }

    public <V extends SpecificRecord> List<V> values(Topic<V> topic) {
        return read(topic).stream().map(TestRecord::value).toList();
    }

    public List<DeadLetter> deadLetters() {
        return values(Topics.DEAD_LETTERS);
    }

    public TopologyTestDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
    }
}
