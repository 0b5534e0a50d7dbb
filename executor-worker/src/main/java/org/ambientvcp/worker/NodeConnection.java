package org.ambientvcp.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.KafkaConnection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A registered node's clients.
///
/// @param consumer assigned to the node's partition and positioned; for one thread
/// @param start where it reads on
/// @param homes says when the node is moved to another cell
record NodeConnection(
        EventProducer producer,
        KafkaConsumer<byte[], byte[]> consumer,
        TopicPartition partition,
        Offsets.Mark start,
        HomeFeed homes) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Connects, finds the position, then registers. In this order nothing is missed: at the first start the
    /// position is the end of the log before the registration, and no cell leases to a node it does not know.
    ///
    /// @param nowMillis the node's clock
    static NodeConnection open(
            KafkaConnection connection, NodeConfig config, Identity identity, long epoch, long nowMillis)
            throws InterruptedException {
        var producer = new EventProducer(connection, "nodes/" + identity.id());
        KafkaConsumer<byte[], byte[]> consumer = null;
        var registered = false;
        try {
            var cells = producer.partitions(Topics.ASSIGNMENTS);
            requireCell(config.cell(), cells);
            var homes = HomeFeed.of(
                    identity.id(),
                    producer.partitions(Topics.NODE_CELLS),
                    cells,
                    AvroSerde.of(Topics.NODE_CELLS, connection.registry()));
            consumer = consumer(connection, identity.id());
            var home = homes.read(consumer, PATIENCE);
            var partition =
                    new TopicPartition(Topics.ASSIGNMENTS.name(), home == null ? config.cell() : home.getCell());
            consumer.assign(List.of(partition, homes.partition()));
            var start = StartPosition.find(consumer, partition, home, nowMillis);
            consumer.seek(partition, start.offset());
            register(producer, config, identity, epoch);
            registered = true;
            return new NodeConnection(producer, consumer, partition, start, homes);
        } finally {
            if (!registered) {
                producer.close();
                if (consumer != null) consumer.close();
            }
        }
    }

    private static void requireCell(int cell, int cells) {
        if (cell >= cells) throw new InvalidSettingException("VCP_CELL is not 0–" + (cells - 1) + ": " + cell);
    }

    /// A consumer that also sees what is not committed, from now on.
    static KafkaConsumer<byte[], byte[]> early(KafkaConnection connection, TopicPartition partition) {
        var properties = connection.consumerProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        return consumer;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection connection, String nodeId) {
        var properties = connection.consumerProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "vcp-node-" + nodeId);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void register(EventProducer producer, NodeConfig config, Identity identity, long epoch)
            throws InterruptedException {
        var registration = NodeRegistration.newBuilder()
                .setNodeId(identity.id())
                .setName(config.name())
                .setOwnerId(config.ownerId())
                .setRole(NodeRole.EXECUTOR)
                .setRegion(config.region())
                .setNodeType(config.nodeType())
                .setCapabilities(config.capabilities())
                .setSlots(config.slots())
                .setMemoryBytes(config.memoryBytes())
                .setTdpMilliwatts(config.tdpMilliwatts())
                .setCell(config.cell())
                .setTelemetryIntervalMillis((int) config.telemetryInterval().toMillis())
                .setSoftwareVersion(softwareVersion())
                .setEpoch(epoch)
                .setSequence(1)
                .build();
        try {
            producer.send(Topics.NODES, identity.id(), identity.sign(Domain.REGISTRATION, registration))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException refused) {
            throw new IllegalStateException("the brokers did not take the node's registration: " + refused, refused);
        }
    }

    private static String softwareVersion() {
        var version = Node.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
