package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.ambientvcp.events.Tick;
import org.ambientvcp.it.SharedCluster.Running;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that are no event, in every topic that a service reads. Each is a dead letter that holds exactly those bytes,
/// and the pipeline goes on.
@ExtendWith(SharedCluster.class)
class PoisonIT {
    /// No varint that Avro knows is this long.
    private static final byte[] GARBAGE = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    /// A cell, and every topic has it.
    private static final Integer PARTITION = 0;

    private final Running cluster;
    private final Client client;
    private final KafkaSide kafka;

    PoisonIT(Running cluster) {
        this.cluster = cluster;
        client = cluster.client();
        kafka = cluster.kafka();
    }

    /// Topics of which a service takes every record into account: one it cannot use is a dead letter.
    static Stream<Topic<?>> decided() {
        return Stream.of(
                Topics.NODES,
                Topics.TELEMETRY,
                Topics.REPUTATION,
                Topics.TASKS,
                Topics.LEDGER_COMMANDS,
                Topics.CELL_COMMANDS,
                Topics.ASSIGNMENTS,
                Topics.COMMITMENTS,
                Topics.RESULTS,
                Topics.VERIFICATIONS,
                Topics.VERDICTS);
    }

    /// Topics that are only looked at: by gateways, and by the router. Whoever starts reads them again from the
    /// beginning, so a letter each time would tell nothing new.
    static Stream<Topic<?>> shown() {
        return Stream.of(
                Topics.NODE_HEALTH,
                Topics.MODULES,
                Topics.CELL_SUMMARIES,
                Topics.TASK_STATUS,
                Topics.BALANCES,
                Topics.LEDGER,
                Topics.TRACES,
                Topics.ENERGY,
                Topics.DEAD_LETTERS);
    }

    @AfterEach
    void pipelineGoesOn() throws Exception {
        var status = client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:100']}, verification: {level: 'SPOT_CHECK'},"
                        + " requirements: {region: 'eu-north'}, rewardMicros: 10");
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
        Books.settled(kafka, status.path("taskId").asText());
        cluster.assertAlive();
    }

    @ParameterizedTest
    @MethodSource("decided")
    void undecodableBytesAreDeadLetters(Topic<?> topic) throws Exception {
        var poisons = poisons(topic);
        var sent = new ArrayList<RecordMetadata>();
        for (var poison : poisons.values()) sent.add(send(topic, poison));

        var letters = kafka.deadLetters(sent).iterator();

        poisons.forEach((kind, poison) -> {
            var letter = letters.next();
            assertThat(letter.getCode()).as(kind).isEqualTo("undecodable");
            assertThat(letter.getReason()).as(kind).isNotBlank();
            assertThat(letter.getValue()).as(kind).isEqualTo(ByteBuffer.wrap(poison));
        });
    }

    @ParameterizedTest
    @MethodSource("decided")
    void tombstonesAreDeadLettersWhereNothingCanBeRemoved(Topic<?> topic) throws Exception {
        var sent = kafka.send(topic, PARTITION, key(topic), null);

        if (topic.cleanup() != Topic.Cleanup.DELETE) return; // a removal there; the pipeline goes on
        var letter = kafka.deadLetter(sent);
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getReason()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void undecodableBytesHideNothing(Topic<?> topic) throws Exception {
        for (var poison : poisons(topic).values()) send(topic, poison);
        kafka.send(topic, PARTITION, key(topic), null);

        // what the gateway shows of later records is asserted by the task that follows
        assertThat(client.gateway().get("/v1/nodes").path("nodes").size()).isGreaterThanOrEqualTo(5);
    }

    private RecordMetadata send(Topic<?> topic, byte[] value) throws Exception {
        return kafka.send(topic, PARTITION, key(topic), value);
    }

    /// A key that the reader would take; a node reads only what is under its own.
    private String key(Topic<?> topic) throws Exception {
        if (topic.equals(Topics.CELL_SUMMARIES)) return "0";
        return topic.equals(Topics.ASSIGNMENTS) ? client.nodeId("atlas") : "poison";
    }

    private Map<String, byte[]> poisons(Topic<?> topic) {
        var registry = kafka.connection().registry();
        var ownId = registry.idOf(topic.subject(), AvroCodec.schema(topic.type()));
        // of a subject that no service writes; the registry would refuse it in the topic's own
        var otherId = registry.idOf("integration-test-value", AvroCodec.schema(Tick.class));
        return Map.of(
                "empty",
                new byte[0],
                "garbage",
                GARBAGE,
                "shorter than the header",
                new byte[] {0, 0, 0},
                "schema id that nobody registered",
                framed(987_654, new byte[] {2}),
                "negative schema id",
                framed(-1, new byte[] {2}),
                "record of another type",
                framed(otherId, AvroCodec.encode(new Tick(7L))),
                "header alone",
                framed(ownId, new byte[0]),
                "right header, then garbage",
                framed(ownId, GARBAGE));
    }

    private static byte[] framed(int schemaId, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(body)
                .array();
    }
}
