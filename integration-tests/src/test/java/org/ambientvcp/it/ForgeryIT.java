package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.it.SharedCluster.Running;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.signing.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Forged, changed and repeated evidence is a dead letter with the reason, and moves no money. The task the forgers
/// are after runs on an honest node meanwhile, and ends without a payment.
@ExtendWith(SharedCluster.class)
class ForgeryIT {
    /// Runs until it is cancelled.
    private static final String ENDLESS =
            "entry: {function: 'run'}, limits: {gas: 1000000000000000, wallMillis: 600000},"
                    + " verification: {level: 'SIGNED'}, requirements: {region: 'eu-north'}, rewardMicros: 5000";

    private static final Identity STRANGER = Identity.random(new SecureRandom());

    private final Client client;
    private final KafkaSide kafka;
    private String taskId = "";
    private JsonNode lease = Client.json("{}");

    ForgeryIT(Running cluster) {
        client = cluster.client();
        kafka = cluster.kafka();
    }

    @BeforeEach
    void lease() throws Exception {
        taskId = client.submit("hostile/infinite-loop.wasm", ENDLESS);
        lease = client.awaitState(taskId, "LEASED").path("replicas").path(0);
    }

    @AfterEach
    void nobodyIsPaid() throws Exception {
        client.gateway().delete("/v1/tasks/" + taskId);
        client.awaitState(taskId, "CANCELLED");
        assertThat(Books.settled(kafka, taskId).paid(taskId)).isZero();
        assertThat(Books.read(kafka).refunded(taskId)).isEqualTo(5_000);
    }

    @Test
    void resultInTheNameOfAnotherNodeIsRefused() throws Exception {
        var forged = STRANGER.sign(Domain.RESULT, resultOf(holder()));

        var letter = refusalOf(Topics.RESULTS, forged);

        assertThat(letter.getCode()).isEqualTo("wrong-signer");
        assertThat(letter.getReason()).contains(STRANGER.id(), holder());
    }

    @Test
    void envelopeThatClaimsAnothersKeyIsRefused() throws Exception {
        var forged = Signed.newBuilder(STRANGER.sign(Domain.RESULT, resultOf(holder())))
                .setSignerId(holder())
                .build();

        assertThat(refusalOf(Topics.RESULTS, forged).getCode()).isEqualTo("wrong-signer");
    }

    @Test
    void signatureByAnotherKeyIsRefused() throws Exception {
        var forged = Signed.newBuilder(STRANGER.sign(Domain.RESULT, resultOf(holder())))
                .setSignerId(holder())
                .setPublicKey(publicKeyOf(holder()))
                .build();

        var letter = refusalOf(Topics.RESULTS, forged);

        assertThat(letter.getCode()).isEqualTo("bad-signature");
        assertThat(letter.getReason()).contains("the signature is not " + holder() + "'s over these bytes");
    }

    @Test
    void changedByteOfAPayloadBreaksItsSignature() throws Exception {
        var signed = STRANGER.sign(Domain.RESULT, resultOf(STRANGER.id()));
        var payload = Bytes.of(signed.getPayload());
        payload[payload.length / 2] ^= 1;
        var changed =
                Signed.newBuilder(signed).setPayload(ByteBuffer.wrap(payload)).build();

        assertThat(refusalOf(Topics.RESULTS, changed).getCode()).isEqualTo("bad-signature");
    }

    @Test
    void signatureForAnotherPurposeIsRefused() throws Exception {
        var signed = STRANGER.sign(Domain.RESULT, resultOf(STRANGER.id()));

        assertThat(refusalOf(Topics.COMMITMENTS, signed).getCode()).isEqualTo("wrong-domain");
    }

    @Test
    void resultOfANodeWithoutTheLeaseDoesNotCount() throws Exception {
        kafka.send(Topics.RESULTS, taskId, STRANGER.sign(Domain.RESULT, resultOf(STRANGER.id())));

        var letter = staleResult(taskId, STRANGER.id());

        assertThat(letter.getCode()).isEqualTo("stale-lease");
        assertThat(letter.getReason()).contains(STRANGER.id() + " does not hold lease");
        assertThat(client.status(taskId).path("state").asText()).isEqualTo("LEASED");
    }

    @Test
    void verdictOfAVerifierNobodyTrustsIsRefused() throws Exception {
        var result = resultOf(holder());
        var verdict = new Verdict(
                0,
                taskId,
                1,
                STRANGER.id(),
                VerificationLevel.SIGNED,
                VerdictOutcome.ACCEPTED,
                "all is well",
                List.of(new NodeFinding(holder(), result.getLeaseEpoch(), FindingKind.ACCEPTED, "fine")),
                ResultDigest.of(result),
                false,
                System.currentTimeMillis());

        var letter = refusalOf(Topics.VERDICTS, STRANGER.sign(Domain.VERDICT, verdict));

        assertThat(letter.getCode()).isEqualTo("untrusted-verifier");
    }

    @Test
    void repeatedTelemetryIsAReplay() throws Exception {
        var atlas = client.nodeId("atlas");
        var sample = kafka.await(
                Topics.TELEMETRY, "a sample of atlas", event -> event.key().equals(atlas));

        var again = kafka.send(Topics.TELEMETRY, null, atlas, Bytes.of(sample.bytes()));

        var letter = kafka.deadLetter(again);
        assertThat(letter.getCode()).isEqualTo("replayed");
        assertThat(letter.getValue()).isEqualTo(sample.bytes());
    }

    @Test
    void repeatedRegistrationIsAReplay() throws Exception {
        var atlas = client.nodeId("atlas");
        var registration = kafka.await(
                Topics.NODES, "the registration of atlas", event -> event.key().equals(atlas));

        var again = kafka.send(Topics.NODES, null, atlas, Bytes.of(registration.bytes()));

        assertThat(kafka.deadLetter(again).getCode()).isEqualTo("replayed");
    }

    @Test
    void repeatedResultIsPaidOnce() throws Exception {
        var paid = client.run(
                        "primes/primes.wasm",
                        "entry: {function: 'count_primes', arguments: ['i32:1000']}, verification: {level: 'SIGNED'},"
                                + " requirements: {region: 'eu-north'}, rewardMicros: 3000")
                .path("taskId")
                .asText();
        Books.settled(kafka, paid);
        var result = kafka.await(
                Topics.RESULTS, "the result of " + paid, event -> event.key().equals(paid));

        kafka.send(Topics.RESULTS, null, paid, Bytes.of(result.bytes()));

        assertThat(staleResult(paid, result.value().getSignerId()).getReason()).contains("the task has ended");
        assertThat(Books.read(kafka).of(paid, TransferKind.PAY)).hasSize(2);
        assertThat(Books.read(kafka).paid(paid)).isEqualTo(3_000);
    }

    private String holder() {
        return lease.path("nodeId").asText();
    }

    /// What a forger would like to be true.
    private TaskResult resultOf(String nodeId) {
        return TaskResult.newBuilder()
                .setCell(0)
                .setTaskId(taskId)
                .setNodeId(nodeId)
                .setAttempt(1)
                .setLeaseEpoch(lease.path("leaseEpoch").asLong())
                .setModuleSha256(client.module("hostile/infinite-loop.wasm"))
                .setOutcome(Outcome.COMPLETED)
                .setExitCode(0)
                .setValues(List.of(new WasmValue(WasmType.I32, 42L)))
                .setOutputSha256(Sha256.hex(new byte[0]))
                .setOutputBytes(0)
                .setGasUsed(1)
                .setPeakMemoryPages(0)
                .setTraceDigest("00".repeat(32))
                .setWallMicros(1)
                .setCpuMicros(1)
                .setEnergyMicrojoules(1)
                .setEnergySource(EnergySource.MODEL)
                .setStderr(ByteBuffer.allocate(0))
                .setSalt(ByteBuffer.allocate(0))
                .setStartedAtEpochMillis(System.currentTimeMillis())
                .build();
    }

    private DeadLetter refusalOf(Topic<Signed> topic, Signed signed) throws Exception {
        var letter = kafka.deadLetter(kafka.send(topic, taskId, signed));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(kafka.bytes(topic, signed)));
        return letter;
    }

    /// The letter of the cell about a result of this node that does not count.
    private DeadLetter staleResult(String task, String nodeId) throws Exception {
        var commands = AvroSerde.of(Topics.CELL_COMMANDS, kafka.connection().registry());
        return kafka.await(Topics.DEAD_LETTERS, "a stale result of " + task, event -> {
                    var letter = event.value();
                    return letter.getCode().equals("stale-lease")
                            && letter.getOriginTopic().equals(Topics.CELL_COMMANDS.name())
                            && body(commands, letter) instanceof ResultReceived received
                            && received.getTaskId().equals(task)
                            && received.getNodeId().equals(nodeId);
                })
                .value();
    }

    private static Object body(AvroSerde<CellCommand> commands, DeadLetter letter) {
        return commands.deserialize(Topics.CELL_COMMANDS.name(), Bytes.of(letter.getValue()))
                .getBody();
    }

    private ByteBuffer publicKeyOf(String nodeId) throws Exception {
        return kafka.await(
                        Topics.NODES,
                        "the registration of " + nodeId,
                        event -> event.key().equals(nodeId))
                .value()
                .getPublicKey();
    }
}
