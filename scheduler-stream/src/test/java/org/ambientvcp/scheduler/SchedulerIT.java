package org.ambientvcp.scheduler;

import static org.ambientvcp.scheduler.Samples.NODE;
import static org.ambientvcp.scheduler.Samples.TENANT;
import static org.ambientvcp.scheduler.Samples.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.service.Settings;
import org.ambientvcp.testbroker.TestBroker;
import org.apache.avro.specific.SpecificRecord;
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

/// All three applications on a broker: two cells, two partitions. The test is the node and the verifier.
@Timeout(180)
class SchedulerIT {
    @TempDir
    private Path folder;

    private TestBroker broker;
    private KafkaConnection connection;
    private EventProducer producer;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start(folder.resolve("broker"), Map.of());
        connection = new KafkaConnection(broker.bootstrapServers(), Map.of(), SchemaRegistry.inMemory());
        try (var admin = connection.admin()) {
            TopicAdmin.createMissing(admin, new TopicAdmin.Layout(2, 2, (short) 1), Duration.ofSeconds(60));
        }
        producer = new EventProducer(connection, "test");
    }

    @AfterEach
    void stop() {
        producer.close();
        broker.close();
    }

    @Test
    void aTaskIsPaidOnceAndTheBooksSurviveARestart() throws Exception {
        nodeLives(1);
        grant("g1", "tenant:" + TENANT, 5_000);
        try (var scheduler = scheduler("one")) {
            await(Topics.BALANCES, balance -> balance.getAccount().equals("mint"));
            submit("task-1");
            work("task-1");
            await(Topics.BALANCES, balanceOf("node:" + NODE.id(), 1_000));
            assertThat(scheduler.isReady()).isTrue();
        }

        // Another folder: the state comes back from the changelogs.
        try (var scheduler = scheduler("two")) {
            submit("task-1");
            while (scheduler.metrics().counter("scheduler.ledger.repeated").getCount() == 0) Thread.sleep(20);
            sendBytes(Topics.TASKS, "junk");
            sendBytes(Topics.CELL_SUMMARIES, "junk");
            sendBytes(Topics.LEDGER_COMMANDS, "junk");
            submit("task-2");
            work("task-2");
            await(Topics.BALANCES, balanceOf("node:" + NODE.id(), 2_000));

            assertThat(scheduler.hasFailed()).isFalse();
        }

        assertThat(read(Topics.ASSIGNMENTS, values -> true))
                .filteredOn(assignment -> assignment.getKind() == AssignmentKind.EXECUTE)
                .extracting(Assignment::getTaskId)
                .containsExactly("task-1", "task-2");
        var entries = read(Topics.LEDGER, values -> true);
        assertThat(entries).hasSize(10); // GRANT once; HOLD and PAY of two tasks; both sides of each
        assertThat(entries.stream().mapToLong(LedgerEntry::getAmountMicros).sum())
                .isZero();
        assertThat(read(Topics.DEAD_LETTERS, letters -> letters.size() >= 2))
                .extracting(letter -> letter.getOriginTopic() + " " + letter.getCode())
                .containsExactlyInAnyOrder("vcp.tasks.v1 undecodable", "vcp.ledger-commands.v1 undecodable");
    }

    private Service scheduler(String folderName) {
        return Scheduler.start(
                connection,
                SchedulerConfig.from(new Settings(Map.of(
                        "VCP_TRUSTED_VERIFIERS",
                        VERIFIER.id(),
                        "VCP_STATE_DIR",
                        folder.resolve(folderName).toString()))));
    }

    private void nodeLives(int cell) throws Exception {
        var update = new NodeUpdate(
                NODE.id(),
                "node",
                "owner",
                "eu",
                NodeType.SERVER,
                List.of(),
                4,
                900_000,
                null,
                Breaker.CLOSED,
                null,
                3_600_000,
                null);
        producer.send(Topics.CELL_COMMANDS, cell, NODE.id(), new CellCommand(update), null)
                .get();
    }

    private void grant(String grantId, String account, long micros) throws Exception {
        var grant = new GrantFunds(grantId, account, micros, "test");
        producer.send(Topics.LEDGER_COMMANDS, account, new LedgerCommand(grant)).get();
    }

    private void submit(String taskId) throws Exception {
        producer.send(Topics.TASKS, taskId, Samples.task(TENANT, taskId, 1_000)).get();
    }

    /// What a node and a verifier do with an assignment.
    private void work(String taskId) throws Exception {
        var lease =
                await(Topics.ASSIGNMENTS, assignment -> assignment.getTaskId().equals(taskId));
        var result = Samples.result()
                .setTaskId(taskId)
                .setCell(lease.getCell())
                .setAttempt(lease.getAttempt())
                .setLeaseEpoch(lease.getLeaseEpoch())
                .build();
        producer.send(Topics.RESULTS, taskId, NODE.sign(Domain.RESULT, result)).get();
        var job = await(Topics.VERIFICATIONS, any -> any.getTaskId().equals(taskId));
        producer.send(Topics.VERDICTS, taskId, VERIFIER.sign(Domain.VERDICT, verdict(job, lease, result)))
                .get();
        await(
                Topics.TASK_STATUS,
                status -> status.getTaskId().equals(taskId) && status.getState() == TaskState.ACCEPTED);
    }

    private static Verdict verdict(VerificationJob job, Assignment lease, TaskResult result) {
        return Verdict.newBuilder(Samples.verdict())
                .setTaskId(job.getTaskId())
                .setCell(job.getCell())
                .setAttempt(job.getAttempt())
                .setOutcome(VerdictOutcome.ACCEPTED)
                .setResultDigest(ResultDigest.of(result))
                .setFindings(List.of(new NodeFinding(NODE.id(), lease.getLeaseEpoch(), FindingKind.ACCEPTED, "")))
                .build();
    }

    private static Predicate<AccountBalance> balanceOf(String account, long micros) {
        return balance -> balance.getAccount().equals(account) && balance.getBalanceMicros() == micros;
    }

    private void sendBytes(Topic<?> topic, String value) throws Exception {
        try (var raw = new KafkaProducer<>(
                connection.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var bytes = value.getBytes(StandardCharsets.UTF_8);
            raw.send(new ProducerRecord<>(topic.name(), bytes, bytes)).get();
        }
    }

    private <V extends SpecificRecord> V await(Topic<V> topic, Predicate<V> wanted) {
        return read(topic, values -> values.stream().anyMatch(wanted)).stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    /// All values of a topic, partition by partition, at the first moment they are enough.
    private <V extends SpecificRecord> List<V> read(Topic<V> topic, Predicate<List<V>> enough) {
        try (var consumer = new KafkaConsumer<>(
                connection.consumerProperties(),
                new StringDeserializer(),
                AvroSerde.of(topic, connection.registry()))) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var values = new ArrayList<V>();
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                var allRead =
                        ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                if (allRead && enough.test(values)) return values;
            }
        }
    }
}
