package org.ambientvcp.worker;

import static org.ambientvcp.worker.EvidenceTest.opened;
import static org.ambientvcp.worker.Fixtures.completed;
import static org.ambientvcp.worker.Fixtures.config;
import static org.ambientvcp.worker.Fixtures.example;
import static org.ambientvcp.worker.Fixtures.execute;
import static org.ambientvcp.worker.Fixtures.identity;
import static org.ambientvcp.worker.Fixtures.lease;
import static org.ambientvcp.worker.Fixtures.primesBelow;
import static org.ambientvcp.worker.Fixtures.sorted;
import static org.ambientvcp.worker.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.worker.TestCluster.Event;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class NodeIT {
    @TempDir
    private static Path shared;

    private static TestCluster cluster;
    private static int nodes;

    @TempDir
    private Path directory;

    private Identity identity;
    private BlobStore blobs;
    private String taskId;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster(shared);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void newNode(TestInfo test) {
        identity = identity(++nodes);
        blobs = new DirectoryBlobStore(directory.resolve("blobs"));
        taskId = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void runsAnAssignmentAndSignsWhatItGave() throws Exception {
        blobs.put(example("primes/primes.wasm"));
        try (var node = node(sandbox())) {
            assign(execute(identity, primesBelow(taskId, 1_000)).build());

            var result = result();

            assertThat(node.isReady()).isTrue();
            assertThat(result.getOutcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(result.getValues().getFirst().getBits()).isEqualTo(168);
            assertThat(result.getNodeId()).isEqualTo(identity.id());
            assertThat(result.getLeaseEpoch()).isEqualTo(7);
            assertThat(result.getWallMicros()).isPositive();
            // The interpreter's rules fix it: a change of gas, trace or outcome changes this digest.
            assertThat(ResultDigest.of(result))
                    .isEqualTo("1400504c568fbd82d4fc4988393e004c0f7cb165c330bb007fd661fb1510f644");
            var trace = opened(
                    Domain.TRACE,
                    cluster.await(Topics.TRACES, 1, this::ofTask).getFirst().value());
            assertThat(trace.getTraceDigest()).isEqualTo(result.getTraceDigest());
        }
    }

    @Test
    void theTraceContextOfTheTaskGoesWithItsResult() throws Exception {
        var context = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        try (var _ = node(assignment -> completed("x"))) {
            var task = task(taskId).setTraceparent(context).build();

            assign(execute(identity, task).build());

            var event = cluster.await(Topics.RESULTS, 1, this::ofTask).getFirst();
            assertThat(new String(event.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
                    .isEqualTo(context);
        }
    }

    @Test
    void aLongOutputIsInTheBlobStoreBeforeTheResultIsPublished() throws Exception {
        blobs.put(example("sort/sort.wasm"));
        try (var _ = node(sandbox())) {
            assign(execute(identity, sorted(taskId, example("data/numbers.txt")))
                    .build());

            var result = result();

            assertThat(result.getOutput()).isInstanceOf(BlobRef.class);
            var output = new String(blobs.get(result.getOutputSha256()), StandardCharsets.UTF_8);
            assertThat(output).startsWith("-999772\n").endsWith("999908\n");
        }
    }

    @Test
    void aMissingModuleIsTheNodesFailureAndCounted() throws Exception {
        try (var _ = node(sandbox())) {
            assign(execute(identity, primesBelow(taskId, 10)).build());

            assertThat(result().getOutcome()).isEqualTo(Outcome.NODE_FAILED);
            assertThat(result().getReason()).startsWith("blob unavailable: no blob ");
            cluster.await(
                    Topics.TELEMETRY,
                    1,
                    event -> isOurs(event)
                            && opened(Domain.TELEMETRY, event.value()).getConsecutiveErrors() == 1);
        }
    }

    @Test
    void aCommittedResultIsShownOnlyWhenAskedFor() throws Exception {
        try (var _ = node(assignment -> completed("secret"))) {
            assign(execute(identity, task(taskId).build()).setCommitFirst(true).build());
            var commitment = commitments(1).getFirst();
            assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();

            assign(lease(AssignmentKind.REVEAL, identity, taskId).build());

            var result = result();
            assertThat(ResultDigest.commitment(Bytes.of(result.getSalt()), identity.id(), ResultDigest.of(result)))
                    .isEqualTo(commitment);
        }
    }

    @Test
    void aNodeRestartedBetweenCommitmentAndRevealStillReveals() throws Exception {
        try (var _ = node(assignment -> completed("secret"))) {
            assign(execute(identity, task(taskId).build()).setCommitFirst(true).build());
            commitments(1);
        }
        try (var _ = node(assignment -> completed("secret"))) {
            assertThat(List.copyOf(commitments(2)))
                    .hasSize(2)
                    .containsOnly(commitments(1).getFirst());

            assign(lease(AssignmentKind.REVEAL, identity, taskId).build());

            var result = result();
            assertThat(ResultDigest.commitment(Bytes.of(result.getSalt()), identity.id(), ResultDigest.of(result)))
                    .isEqualTo(commitments(1).getFirst());
        }
    }

    @Test
    void aNodeRestartedWhileItWorksDoesTheWorkAgain() throws Exception {
        var running = new CountDownLatch(1);
        try (var _ = node(assignment -> blockUntilInterrupted(running))) {
            assign(execute(identity, task(taskId).build()).build());
            running.await();
        }
        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();

        try (var _ = node(assignment -> completed("done"))) {
            assertThat(result().getOutcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void whatWasDoneBeforeARestartIsNotDoneAgain() throws Exception {
        var started = new CountDownLatch(1);
        try (var _ = node(assignment ->
                assignment.getTaskId().endsWith("-slow") ? blockUntilInterrupted(started) : completed("quick"))) {
            assign(execute(identity, task(taskId + "-slow").build()).build());
            started.await();
            assign(execute(identity, task(taskId).build()).build());
            result();
        }
        var again = new AtomicInteger();

        try (var _ = node(assignment -> {
            again.incrementAndGet();
            return completed("again");
        })) {
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-slow"));
        }

        assertThat(again).hasValue(1);
        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).hasSize(1);
    }

    @Test
    void aRepeatedAssignmentIsRunOnce() throws Exception {
        var runs = new AtomicInteger();
        try (var _ = node(assignment -> {
            runs.incrementAndGet();
            return completed("x");
        })) {
            var assignment = execute(identity, task(taskId).build()).build();
            assign(assignment);
            assign(assignment);
            result();
            assign(assignment);
            assign(execute(identity, task(taskId + "-last").build()).build());
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-last"));
        }

        assertThat(runs).hasValue(2);
        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).hasSize(1);
    }

    @Test
    void aRevokedLeaseIsStoppedAndGivesNothing() throws Exception {
        var running = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        try (var _ = node(assignment -> {
            if (!assignment.getTaskId().equals(taskId)) return completed("next");
            var run = blockUntilInterrupted(running);
            stopped.countDown();
            return run;
        })) {
            assign(execute(identity, task(taskId).build()).build());
            running.await();

            assign(lease(AssignmentKind.REVOKE, identity, taskId).build());

            stopped.await();
            assign(execute(identity, task(taskId + "-next").build()).build());
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-next"));
            assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();
        }
    }

    @Test
    void aLeaseThatIsOverIsNotStartedAndOneThatEndsIsStopped() throws Exception {
        var running = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var runs = new AtomicInteger();
        try (var _ = node(assignment -> {
            runs.incrementAndGet();
            var run = blockUntilInterrupted(running);
            stopped.countDown();
            return run;
        })) {
            var past = System.currentTimeMillis() - 5_000;
            assign(execute(identity, task(taskId + "-past").build())
                    .setLeaseExpiresAtEpochMillis(past)
                    .build());
            assign(execute(identity, task(taskId).build())
                    .setLeaseExpiresAtEpochMillis(System.currentTimeMillis() + 500)
                    .build());
            running.await();

            stopped.await();
        }

        assertThat(runs).hasValue(1);
        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();
    }

    @Test
    void bytesThatAreNoAssignmentAreADeadLetterAndTheNextOneIsRun() throws Exception {
        try (var _ = node(assignment -> completed("x"));
                var raw = new KafkaProducer<>(
                        cluster.connection.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var hostile = "no assignment".getBytes(StandardCharsets.UTF_8);
            raw.send(new ProducerRecord<>(
                            Topics.ASSIGNMENTS.name(), 0, identity.id().getBytes(StandardCharsets.UTF_8), hostile))
                    .get();
            raw.send(new ProducerRecord<>(
                            Topics.ASSIGNMENTS.name(), 0, identity.id().getBytes(StandardCharsets.UTF_8), null))
                    .get();
            raw.send(new ProducerRecord<>(Topics.ASSIGNMENTS.name(), 0, null, hostile))
                    .get();
            assign(lease(AssignmentKind.EXECUTE, identity, taskId).build());
            assign(execute(identity, task(taskId).build()).build());

            assertThat(result().getOutcome()).isEqualTo(Outcome.COMPLETED);
            var letters = cluster.await(Topics.DEAD_LETTERS, 3, this::isAboutUs);
            assertThat(letters)
                    .extracting(letter -> letter.value().getCode())
                    .containsExactly("undecodable", "out-of-range", "out-of-range");
            assertThat(Bytes.of(letters.getFirst().value().getValue())).isEqualTo(hostile);
            assertThat(letters.getLast().value().getReason()).isEqualTo("task is null in an EXECUTE assignment");
        }
    }

    @Test
    void neverRunsMoreThanItsSlots() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var bothIn = new CountDownLatch(2);
        try (var _ = node(assignment -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            bothIn.countDown();
            await(bothIn);
            now.decrementAndGet();
            return completed("x");
        })) {
            for (int i = 0; i < 20; i++)
                assign(execute(identity, task(taskId + "-" + i).build()).build());

            cluster.await(Topics.RESULTS, 20, event -> event.key().startsWith(taskId));
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void aFirstStartIgnoresWhatWasInTheLogBefore() throws Exception {
        assign(execute(identity, task(taskId).build()).build());

        try (var _ = node(assignment -> completed("x"))) {
            assign(execute(identity, task(taskId + "-new").build()).build());
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-new"));
        }

        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();
    }

    @Test
    void registersAgainWithAHigherEpochAndSendsTelemetryInOrder() throws Exception {
        node(assignment -> completed("x")).close();
        try (var _ = node(assignment -> completed("x"))) {
            var registrations = cluster.await(Topics.NODES, 2, this::isOurs).stream()
                    .map(event -> opened(Domain.REGISTRATION, event.value()))
                    .toList();
            assertThat(registrations.getLast().getEpoch())
                    .isGreaterThan(registrations.getFirst().getEpoch());
            assertThat(registrations.getLast().getCapabilities()).containsExactly("gpu", "simd");

            var samples = cluster
                    .await(
                            Topics.TELEMETRY,
                            3,
                            event -> isOurs(event)
                                    && opened(Domain.TELEMETRY, event.value()).getEpoch()
                                            == registrations.getLast().getEpoch())
                    .stream()
                    .map(event -> opened(Domain.TELEMETRY, event.value()))
                    .toList();
            assertThat(samples).extracting(sample -> sample.getSequence()).startsWith(1L, 2L, 3L);
        }
    }

    @Test
    void aCellThatDoesNotExistIsNamed() {
        var config = config(directory, 2);
        var wrong = new NodeConfig(
                config.name(),
                config.ownerId(),
                config.region(),
                config.nodeType(),
                config.capabilities(),
                config.slots(),
                config.memoryBytes(),
                config.tdpMilliwatts(),
                2,
                config.telemetryInterval(),
                config.clockSkew(),
                config.dataDirectory());

        assertThatThrownBy(() -> Node.start(
                        cluster.connection, blobs, wrong, identity, new NoSensors(), assignment -> completed("x")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("VCP_CELL is not 0–1: 2");
    }

    private Node node(Runner runner) throws Exception {
        return Node.start(
                cluster.connection, blobs, config(directory.resolve("node"), 2), identity, new NoSensors(), runner);
    }

    private Runner sandbox() {
        return Runner.sandbox(new TaskRunner(blobs, new ModuleCache(1 << 24), new WasmEngine(System::nanoTime)));
    }

    private void assign(Assignment assignment) throws Exception {
        cluster.producer
                .send(Topics.ASSIGNMENTS, 0, identity.id(), assignment, null)
                .get();
    }

    private TaskResult result() {
        return opened(
                Domain.RESULT,
                cluster.await(Topics.RESULTS, 1, this::ofTask).getFirst().value());
    }

    private List<String> commitments(int count) {
        return cluster.await(Topics.COMMITMENTS, count, this::ofTask).stream()
                .map(event -> opened(Domain.COMMITMENT, event.value()).getCommitment())
                .toList();
    }

    private boolean ofTask(Event<Signed> event) {
        return event.key().equals(taskId);
    }

    private boolean isOurs(Event<Signed> event) {
        return event.key().equals(identity.id());
    }

    private boolean isAboutUs(Event<DeadLetter> letter) {
        var key = letter.value().getKey();
        return key != null && new String(Bytes.of(key), StandardCharsets.UTF_8).equals(identity.id());
    }

    private static TaskRun blockUntilInterrupted(CountDownLatch running) {
        running.countDown();
        await(new CountDownLatch(1));
        return TaskRun.nodeFailed("interrupted");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
