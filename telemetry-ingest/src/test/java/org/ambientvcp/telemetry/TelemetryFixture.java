package org.ambientvcp.telemetry;

import static org.ambientvcp.telemetry.Nodes.ALICE;
import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.sample;

import com.codahale.metrics.MetricRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.NodeEnergy;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.StreamsOptions;
import org.ambientvcp.service.StreamsService;
import org.ambientvcp.telemetry.energy.CarbonIntensity;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/// The topology with its inputs and outputs, three cells, one partition.
final class TelemetryFixture implements AutoCloseable {
    static final Duration FORGET_AFTER = Duration.ofHours(24);
    static final String APPLICATION_ID = "vcp-telemetry-test";

    final TopologyTestDriver driver;
    final MetricRegistry metrics = new MetricRegistry();
    final TestOutputTopic<String, NodeHealth> health;
    final TestOutputTopic<String, NodeEnergy> energy;
    final TestOutputTopic<String, CellCommand> commands;
    final TestOutputTopic<String, DeadLetter> deadLetters;

    private final SchemaRegistry registry = SchemaRegistry.inMemory();
    private final TestInputTopic<byte[], byte[]> nodes;
    private final TestInputTopic<byte[], byte[]> telemetry;
    private final TestInputTopic<byte[], byte[]> reputation;
    private final TestInputTopic<byte[], byte[]> homes;

    TelemetryFixture(Path stateDirectory) {
        this(stateDirectory, 1);
    }

    /// @param partitions that nodes, telemetry and reputation are said to have; the driver feeds the first
    TelemetryFixture(Path stateDirectory, int partitions) {
        // Not exactly once: the driver forgets what a deserialization handler sends inside a transaction.
        var options = new StreamsOptions(APPLICATION_ID, false, Duration.ofMillis(100), 1, stateDirectory, 1, 0);
        var config = new TelemetryConfig(options, 10_000, FORGET_AFTER, CarbonIntensity.DEFAULT);
        var connection = new KafkaConnection("nowhere:9092", Map.of(), registry);
        driver = new TopologyTestDriver(
                TelemetryTopology.build(config, registry, new TelemetryTopology.Partitions(3, partitions), metrics),
                StreamsService.properties(TelemetryIngest.NAME, connection, options));
        nodes = input(Topics.NODES);
        telemetry = input(Topics.TELEMETRY);
        reputation = input(Topics.REPUTATION);
        homes = input(Topics.NODE_CELLS);
        health = output(Topics.NODE_HEALTH);
        energy = output(Topics.ENERGY);
        commands = output(Topics.CELL_COMMANDS);
        deadLetters = output(Topics.DEAD_LETTERS);
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?> topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), AvroSerde.of(topic, registry));
    }

    void register(NodeRegistration registration) {
        register(ALICE, registration, NOON);
    }

    void register(Identity node, NodeRegistration registration, long at) {
        send(Topics.NODES, node.id(), signed(node, Domain.REGISTRATION, registration), at);
    }

    void measure(TelemetrySample sample, long at) {
        measure(ALICE, sample, at);
    }

    void measure(Identity node, TelemetrySample sample, long at) {
        send(Topics.TELEMETRY, node.id(), signed(node, Domain.TELEMETRY, sample), at);
    }

    void judge(Reputation judged, long at) {
        send(
                Topics.REPUTATION,
                judged.getNodeId(),
                AvroSerde.of(Topics.REPUTATION, registry).serialize(Topics.REPUTATION.name(), judged),
                at);
    }

    /// A cell says that it sent a node to another one.
    void moved(String nodeId, int toCell, long at) {
        send(
                Topics.NODE_CELLS,
                nodeId,
                AvroSerde.of(Topics.NODE_CELLS, registry)
                        .serialize(Topics.NODE_CELLS.name(), new NodeHome(nodeId, toCell, 1, "operator", at)),
                at);
    }

    /// Keys of the tombstones in a topic, read once.
    List<String> tombstones(Topic<?> topic) {
        return driver
                .createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList()
                .stream()
                .filter(record -> record.value == null)
                .map(record -> record.key)
                .toList();
    }

    void send(Topic<?> topic, @Nullable String key, byte @Nullable [] value, long at) {
        var input = topic.equals(Topics.NODES)
                ? nodes
                : topic.equals(Topics.TELEMETRY) ? telemetry : topic.equals(Topics.NODE_CELLS) ? homes : reputation;
        input.pipeInput(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, Instant.ofEpochMilli(at));
    }

    <T extends SpecificRecord> byte[] signed(Identity node, Domain<T> domain, T event) {
        return bytes(node.sign(domain, event));
    }

    byte[] bytes(Signed envelope) {
        return Objects.requireNonNull(
                AvroSerde.of(Topics.TELEMETRY, registry).serialize(Topics.TELEMETRY.name(), envelope));
    }

    /// A registered node with one sample, both at noon; what they gave is read.
    void start() {
        register(registration().build());
        measure(sample(1).build(), NOON);
        health.readValuesToList();
        commands.readValuesToList();
    }

    List<NodeUpdate> updates() {
        return commands.readValuesToList().stream()
                .map(command -> (NodeUpdate) command.getBody())
                .toList();
    }

    /// Code of the one new dead letter.
    String refusal() {
        var letter = deadLetters.readValue();
        if (!deadLetters.isEmpty()) throw new AssertionError("more than one dead letter");
        return letter.getCode();
    }

    long counted(String name) {
        return metrics.counter("telemetry." + name).getCount();
    }

    @Override
    public void close() {
        driver.close();
    }
}
