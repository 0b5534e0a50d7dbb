package org.ambientvcp.scheduler.intaketopology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ambientvcp.scheduler.Samples.NODE;
import static org.ambientvcp.scheduler.Samples.STRANGER;
import static org.ambientvcp.scheduler.Samples.TASK_ID;
import static org.ambientvcp.scheduler.Samples.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ambientvcp.events.AdmitTask;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.scheduler.RejectedTask;
import org.ambientvcp.scheduler.Samples;
import org.ambientvcp.scheduler.SourceRecord;
import org.ambientvcp.scheduler.ToCell;
import org.ambientvcp.scheduler.TopologyDriver;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTopologyTest {
    private static final long NOW = 1_000_000;
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final List<Topic<?>> INPUTS =
            List.of(Topics.TASKS, Topics.COMMITMENTS, Topics.RESULTS, Topics.VERDICTS);

    @TempDir
    Path directory;

    private TopologyDriver intake;

    @BeforeEach
    void start() {
        var registry = SchemaRegistry.inMemory();
        var metrics = new MetricRegistry();
        var topology = IntakeTopology.build(registry, 3, Set.of(VERIFIER.id()), metrics);
        intake = new TopologyDriver(topology, registry, metrics, false, directory);
    }

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void aGoodTaskBecomesACommandOfItsTenant() {
        var task = Samples.task().build();

        intake.send(Topics.TASKS, TASK_ID, task, NOW);

        var commands = intake.read(Topics.LEDGER_COMMANDS);
        assertThat(commands).hasSize(1);
        assertThat(commands.getFirst().key()).isEqualTo("tenant:acme");
        assertThat(commands.getFirst().value()).isEqualTo(new LedgerCommand(new AdmitTask(task)));
        assertThat(intake.deadLetters()).isEmpty();
        assertThat(intake.metrics.counter("scheduler.intake.admit").getCount()).isEqualTo(1);
    }

    @Test
    void aBadTaskBecomesARejectedStatus() {
        intake.send(Topics.TASKS, TASK_ID, Samples.task().setPriority(7).build(), NOW);

        var statuses = intake.read(Topics.TASK_STATUS);
        assertThat(statuses).hasSize(1);
        assertThat(statuses.getFirst().key())
                .isEqualTo(Topics.taskStatusKey(statuses.getFirst().value().getTenant(), TASK_ID));
        assertThat(statuses.getFirst().value().getState()).isEqualTo(TaskState.REJECTED);
        assertThat(statuses.getFirst().value().getReason()).isEqualTo("priority is not 0–4: 7");
        assertThat(intake.read(Topics.LEDGER_COMMANDS)).isEmpty();
    }

    @Test
    void evidenceBecomesACommandOfItsCell() {
        var commitment = NODE.sign(Domain.COMMITMENT, Samples.commitment());
        var result = NODE.sign(Domain.RESULT, Samples.result().build());
        var verdict = VERIFIER.sign(Domain.VERDICT, Samples.verdict());

        intake.send(Topics.COMMITMENTS, TASK_ID, commitment, NOW);
        intake.send(Topics.RESULTS, TASK_ID, result, NOW);
        intake.send(Topics.VERDICTS, TASK_ID, verdict, NOW);

        var commands = intake.read(Topics.CELL_COMMANDS);
        assertThat(commands).extracting(command -> command.key()).containsOnly(TASK_ID);
        assertThat(commands)
                .extracting(command -> command.value().getBody())
                .containsExactly(
                        new CommitmentReceived(TASK_ID, NODE.id(), 1, 7L, Samples.hash("commitment")),
                        new ResultReceived(TASK_ID, NODE.id(), 1, 7L, result),
                        new VerdictReceived(Samples.verdict()));
        assertThat(intake.deadLetters()).isEmpty();
    }

    @Test
    void thePartitionIsTheCell() {
        var command = new ToCell(2, new CellCommand(new VerdictReceived(Samples.verdict())));

        assertThat(ToCell.partitioner().partitions("any", "key", command, 3)).contains(Set.of(2));
    }

    @Test
    void whatCannotBeDecodedIsKeptByteForByte() {
        for (var topic : INPUTS) {
            for (var bytes : List.of(
                    new byte[0],
                    "not avro".getBytes(UTF_8),
                    new byte[] {0, 0, 0, 0, 99, 1},
                    intake.encode(Topics.TASK_STATUS, intakeStatus()))) {
                intake.sendBytes(topic, "key", bytes, NOW, new RecordHeaders());

                var letters = intake.deadLetters();
                assertThat(letters).as(topic.name()).hasSize(1);
                var letter = letters.getFirst();
                assertThat(letter.getCode()).isEqualTo("undecodable");
                assertThat(letter.getOriginTopic()).isEqualTo(topic.name());
                assertThat(letter.getOriginTimestampEpochMillis()).isEqualTo(NOW);
                assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(bytes));
                assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap("key".getBytes(UTF_8)));
                assertThat(letter.getService()).isEqualTo("scheduler-stream");
            }
        }
    }

    @Test
    void aRecordWithoutValueOrKeyIsADeadLetter() {
        for (var topic : INPUTS) intake.sendBytes(topic, null, null, NOW, new RecordHeaders());
        intake.send(Topics.TASKS, null, Samples.task().build(), NOW);
        intake.send(
                Topics.RESULTS, null, NODE.sign(Domain.RESULT, Samples.result().build()), NOW);

        assertThat(intake.deadLetters())
                .extracting(letter -> letter.getCode())
                .containsExactly("undecodable", "undecodable", "undecodable", "undecodable", "wrong-key", "wrong-key");
    }

    @Test
    void everyRefusalHasItsCodeAndOrigin() {
        var result = Samples.result().build();
        var commitment = NODE.sign(Domain.COMMITMENT, Samples.commitment());

        intake.send(Topics.TASKS, "other", Samples.task().build(), NOW);
        intake.send(Topics.TASKS, "", Samples.task().setTaskId("").build(), NOW);
        intake.send(Topics.RESULTS, TASK_ID, commitment, NOW);
        intake.send(Topics.RESULTS, TASK_ID, STRANGER.sign(Domain.RESULT, result), NOW);
        intake.send(Topics.RESULTS, "other", NODE.sign(Domain.RESULT, result), NOW);
        intake.send(
                Topics.RESULTS,
                TASK_ID,
                NODE.sign(Domain.RESULT, Samples.result().setCell(3).build()),
                NOW);
        intake.send(
                Topics.RESULTS,
                TASK_ID,
                NODE.sign(Domain.RESULT, Samples.result().setGasUsed(-1).build()),
                NOW);
        intake.send(Topics.VERDICTS, TASK_ID, STRANGER.sign(Domain.VERDICT, strangersVerdict()), NOW);
        intake.send(Topics.RESULTS, TASK_ID, forged(result), NOW);

        assertThat(intake.deadLetters())
                .extracting(letter -> letter.getCode())
                .containsExactly(
                        "wrong-key",
                        "out-of-range",
                        "wrong-domain",
                        "wrong-signer",
                        "wrong-key",
                        "unknown-cell",
                        "out-of-range",
                        "untrusted-verifier",
                        "bad-signature");
        assertThat(intake.read(Topics.CELL_COMMANDS)).isEmpty();
        assertThat(intake.read(Topics.LEDGER_COMMANDS)).isEmpty();
        assertThat(intake.metrics
                        .counter("scheduler.intake.dead-letters.wrong-key")
                        .getCount())
                .isEqualTo(2);
    }

    @Test
    void theTraceContextTravelsOnAndNothingElseDoes() {
        var headers = new RecordHeaders();
        EventHeaders.set(headers, "traceparent", TRACE);
        EventHeaders.set(headers, "evil", "x");
        var task = intake.encode(Topics.TASKS, Samples.task().build());

        intake.sendBytes(Topics.TASKS, TASK_ID, task, NOW, headers);
        intake.send(Topics.TASKS, TASK_ID, Samples.task().setTraceparent(TRACE).build(), NOW);

        for (var command : intake.read(Topics.LEDGER_COMMANDS)) {
            assertThat(EventHeaders.get(command.headers(), "traceparent")).isEqualTo(TRACE);
            assertThat(EventHeaders.get(command.headers(), "evil")).isNull();
        }
    }

    @Test
    void aMalformedTraceContextIsDropped() {
        var headers = new RecordHeaders();
        EventHeaders.set(headers, "traceparent", "x".repeat(100_000));

        intake.sendBytes(
                Topics.TASKS,
                TASK_ID,
                intake.encode(Topics.TASKS, Samples.task().build()),
                NOW,
                headers);

        var onward = intake.read(Topics.LEDGER_COMMANDS).getFirst().headers();
        assertThat(onward.lastHeader(EventHeaders.TRACEPARENT)).isNull();
        assertThat(EventHeaders.get(onward, EventHeaders.CAUSE)).isEqualTo("vcp.tasks.v1-0-0/0");
    }

    @Test
    void aTimeBefore1970DoesNotStopTheApplication() {
        var record = new ConsumerRecord<Object, Object>("t", 0, 0, "k", "v");

        assertThat(record.timestamp()).isNegative();
        assertThat(SourceRecord.timestamps().extract(record, -1)).isZero();
    }

    @Test
    void changedBytesNeverBecomeACommand() {
        var original = intake.encode(
                Topics.RESULTS, NODE.sign(Domain.RESULT, Samples.result().build()));
        var random = new Random(7);

        for (var round = 0; round < 300; round++) {
            var bytes = original.clone();
            bytes[5 + random.nextInt(bytes.length - 5)] ^= (byte) (1 << random.nextInt(8));
            intake.sendBytes(Topics.RESULTS, TASK_ID, bytes, NOW, new RecordHeaders());
        }

        assertThat(intake.read(Topics.CELL_COMMANDS)).isEmpty();
        assertThat(intake.deadLetters()).hasSize(300);
    }

    private static Verdict strangersVerdict() {
        return Verdict.newBuilder(Samples.verdict())
                .setVerifierId(STRANGER.id())
                .build();
    }

    private static Signed forged(TaskResult result) {
        var payload = SingleObject.encode(TaskResult.newBuilder(result)
                .setOutput(new BlobRef(Samples.hash("forged"), result.getOutputBytes()))
                .setOutputSha256(Samples.hash("forged"))
                .build());
        return Signed.newBuilder(NODE.sign(Domain.RESULT, result))
                .setPayload(ByteBuffer.wrap(payload))
                .build();
    }

    private static TaskStatus intakeStatus() {
        return RejectedTask.status(Samples.task().build(), "no", NOW);
    }
}
