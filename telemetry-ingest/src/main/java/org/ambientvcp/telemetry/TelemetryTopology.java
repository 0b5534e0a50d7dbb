package org.ambientvcp.telemetry;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.telemetry.update.SentUpdate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Signed telemetry in; health, energy and news for the cells out.
///
/// ```text
/// nodes ──────▶ register-node ────┐ [registrations]   ┌──▶ node-health
/// telemetry ──▶ assess-sample ────┤ [registered-at]   ├──▶ energy
/// reputation ─▶ apply-reputation ─┤ [states]          ├──▶ cell-commands
/// node-cells ─▶ apply-home ───────┘ [reputations]     ├──▶ dead-letters
///                                   [homes]           └──▶ nodes, node-cells: tombstones of the forgotten
/// ```
///
/// The four inputs are keyed by node id and have the same partition count: all that is known of a node is
/// in one task. The stores are in memory; a restart reads them from their changelogs.
final class TelemetryTopology {
    /// What the service reads and writes.
    static final List<Topic<?>> TOPICS = List.of(
            Topics.NODES,
            Topics.TELEMETRY,
            Topics.REPUTATION,
            Topics.NODE_CELLS,
            Topics.NODE_HEALTH,
            Topics.ENERGY,
            Topics.CELL_COMMANDS,
            Topics.DEAD_LETTERS);

    /// Store names are durable: they are part of the changelog topics' names.
    static final String REGISTRATIONS = "registrations";

    static final String STATES = "states";
    static final String REPUTATIONS = "reputations";

    static final String HOMES = "homes";
    static final String REGISTERED_AT = "registered-at";

    static final String NODES = "nodes-forgotten";
    static final String NODE_CELLS = "node-cells-forgotten";
    static final String NODE_HEALTH = "node-health";
    static final String ENERGY = "energy";
    static final String CELL_COMMANDS = "cell-commands";
    static final String DEAD_LETTERS = "dead-letters";

    private static final String[] PROCESSORS = {"register-node", "assess-sample", "apply-reputation", "apply-home"};

    /// How the topics are partitioned.
    ///
    /// @param cells partitions of the cell commands, ≥ 1
    /// @param nodes partitions of nodes, telemetry and reputation, ≥ 1
    record Partitions(int cells, int nodes) {}

    private TelemetryTopology() {}

    static Topology build(
            TelemetryConfig config, SchemaRegistry registry, Partitions partitions, MetricRegistry metricRegistry) {
        var metrics = new TelemetryMetrics(metricRegistry);
        var topology = new Topology();
        var bytes = new ByteArrayDeserializer();
        addSource(topology, "nodes", bytes, bytes, Topics.NODES);
        addSource(topology, "telemetry", bytes, bytes, Topics.TELEMETRY);
        addSource(
                topology,
                "reputation",
                new StringDeserializer(),
                AvroSerde.of(Topics.REPUTATION, registry),
                Topics.REPUTATION);
        addSource(
                topology,
                "node-cells",
                new StringDeserializer(),
                AvroSerde.of(Topics.NODE_CELLS, registry),
                Topics.NODE_CELLS);
        topology.addProcessor("register-node", () -> new RegisterNode(config, registry, partitions, metrics), "nodes")
                .addProcessor(
                        "assess-sample", () -> new AssessSample(config, registry, partitions, metrics), "telemetry")
                .addProcessor("apply-reputation", () -> new ApplyReputation(config, registry, metrics), "reputation")
                .addProcessor("apply-home", () -> new ApplyHome(config, registry, partitions, metrics), "node-cells")
                .addStateStore(store(HOMES, new SingleObjectSerde<>(NodeHome.class)), PROCESSORS)
                .addStateStore(store(REGISTERED_AT, Serdes.Long()), PROCESSORS)
                .addStateStore(store(REGISTRATIONS, new SingleObjectSerde<>(NodeRegistration.class)), PROCESSORS)
                .addStateStore(store(STATES, new NodeStateSerde()), PROCESSORS)
                .addStateStore(store(REPUTATIONS, new SingleObjectSerde<>(Reputation.class)), PROCESSORS);
        addSink(topology, NODES, Topics.NODES, registry);
        addSink(topology, NODE_CELLS, Topics.NODE_CELLS, registry);
        addSink(topology, NODE_HEALTH, Topics.NODE_HEALTH, registry);
        addSink(topology, ENERGY, Topics.ENERGY, registry);
        addSink(topology, DEAD_LETTERS, Topics.DEAD_LETTERS, registry);
        StreamPartitioner<String, SentUpdate> byCell =
                (topic, nodeId, update, cells) -> Optional.of(Set.of(update.cell()));
        return topology.addSink(
                CELL_COMMANDS,
                Topics.CELL_COMMANDS.name(),
                new StringSerializer(),
                commands(registry),
                byCell,
                PROCESSORS);
    }

    private static <K, V> void addSource(
            Topology topology, String name, Deserializer<K> keys, Deserializer<V> values, Topic<?> topic) {
        topology.addSource(AutoOffsetReset.earliest(), name, keys, values, topic.name());
    }

    private static <V extends SpecificRecord> void addSink(
            Topology topology, String name, Topic<V> topic, SchemaRegistry registry) {
        topology.addSink(name, topic.name(), new StringSerializer(), AvroSerde.of(topic, registry), PROCESSORS);
    }

    private static Serializer<SentUpdate> commands(SchemaRegistry registry) {
        var serde = AvroSerde.of(Topics.CELL_COMMANDS, registry);
        return (topic, update) -> serde.serialize(topic, new CellCommand(update.update()));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values);
    }
}
