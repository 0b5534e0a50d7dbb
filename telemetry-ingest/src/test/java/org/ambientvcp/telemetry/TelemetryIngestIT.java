package org.ambientvcp.telemetry;

import static org.ambientvcp.telemetry.Nodes.ALICE;
import static org.ambientvcp.telemetry.Nodes.reading;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Settings;
import org.ambientvcp.testbroker.TestBroker;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The service on a broker: three cells, two partitions, exactly once.
@Timeout(180)
class TelemetryIngestIT {
    private static final long JOULE = 1_000_000;

    @TempDir
    private Path folder;

    private final long startedAt = System.currentTimeMillis();
    private TestBroker broker;
    private KafkaConnection connection;
    private EventProducer producer;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start(folder.resolve("broker"), Map.of());
        connection = new KafkaConnection(broker.bootstrapServers(), Map.of(), SchemaRegistry.inMemory());
        try (var admin = connection.admin()) {
            TopicAdmin.createMissing(admin, new TopicAdmin.Layout(3, 2, (short) 1), Duration.ofSeconds(60));
        }
        producer = new EventProducer(connection, "test");
    }

    @AfterEach
    void stop() {
        producer.close();
        broker.close();
    }

    @Test
    void signedTelemetryBecomesHealthEnergyAndNewsInTheNodesCell() throws Exception {
        register(1);
        measure(1, 1_000 * JOULE, 0);
        try (var service = TelemetryIngest.start(connection, config())) {
            assertThat(read(Topics.NODE_HEALTH, 1).getFirst().value().getScorePpm())
                    .isEqualTo(590_000);
            assertThat(service.isReady()).isTrue();
            assertThat(service.hasFailed()).isFalse();
        }

        measure(1, 1_000 * JOULE, 0);
        measure(2, 1_050 * JOULE, 1_000);
        sendBytes(Topics.REPUTATION, "junk".getBytes(StandardCharsets.UTF_8));
        sendBytes(Topics.TELEMETRY, new byte[3_000_000]);
        try (var service = TelemetryIngest.start(connection, config())) {
            var energy = read(Topics.ENERGY, 1).getFirst().value();
            assertThat(energy.getMicrojoules()).isEqualTo(50 * JOULE);
            assertThat(read(Topics.DEAD_LETTERS, 3))
                    .extracting(letter -> letter.value().getCode())
                    .containsExactlyInAnyOrder("replayed", "undecodable", "too-large");
            assertThat(read(Topics.NODE_HEALTH, 2).get(1).value().getSequence()).isEqualTo(2);
            assertThat(read(Topics.CELL_COMMANDS, 2)).allSatisfy(command -> {
                assertThat(command.partition()).isEqualTo(2);
                assertThat(command.key()).isEqualTo(ALICE.id());
                assertThat(((NodeUpdate) command.value().getBody()).getName()).isEqualTo("alice");
            });
            assertThat(service.hasFailed()).isFalse();
        }
    }

    @Test
    void topicsThatArePartitionedDifferentlyAreRefused() throws Exception {
        try (var admin = connection.admin()) {
            admin.createPartitions(Map.of(Topics.TELEMETRY.name(), NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> TelemetryIngest.start(connection, config()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("vcp.telemetry.v1 has 4 partitions, but vcp.nodes.v1 has 2; they have to be equal");
    }

    private TelemetryConfig config() {
        return TelemetryConfig.from(
                new Settings(Map.of("VCP_STATE_DIR", folder.resolve("state").toString())));
    }

    private void register(long sequence) throws Exception {
        var registration = registration().setSequence(sequence).build();
        producer.send(Topics.NODES, ALICE.id(), ALICE.sign(Domain.REGISTRATION, registration))
                .get();
    }

    /// @param later milliseconds after a moment close to now
    private void measure(long sequence, long counter, long later) throws Exception {
        var sample = sample(sequence)
                .setObservedAtEpochMillis(startedAt + later)
                .setEnergy(reading(counter).build())
                .build();
        producer.send(Topics.TELEMETRY, ALICE.id(), ALICE.sign(Domain.TELEMETRY, sample))
                .get();
    }

    /// Compressed, so that a value above the topic's limit gets in.
    private void sendBytes(Topic<?> topic, byte[] value) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "compression.type",
                "gzip",
                "max.request.size",
                "9000000");
        try (var raw = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(topic.name(), ALICE.id().getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    /// The committed records of a topic, when there are as many as expected.
    private <V extends SpecificRecord> List<ConsumerRecord<String, V>> read(Topic<V> topic, int expected) {
        var records = new ArrayList<ConsumerRecord<String, V>>();
        try (var consumer = new KafkaConsumer<>(
                connection.consumerProperties(),
                new StringDeserializer(),
                AvroSerde.of(topic, connection.registry()))) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (records.size() < expected)
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }
}
