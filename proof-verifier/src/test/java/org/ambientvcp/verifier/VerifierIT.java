package org.ambientvcp.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.blob.BlobStoreException;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.ambientvcp.verifier.rules.Jobs;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierIT {
    private static final byte[] SALT = new byte[32];

    @TempDir
    private Path directory;

    private TestCluster cluster;
    private BlobStore blobs;
    private byte[] primes;

    @BeforeEach
    void start() throws Exception {
        cluster = new TestCluster(directory.resolve("kafka"));
        blobs = new DirectoryBlobStore(directory.resolve("blobs"));
        primes = Files.readAllBytes(Path.of("../examples/primes/primes.wasm"));
        blobs.put(primes);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void reExecutesARealProgramAndAccepts() throws Exception {
        try (var verifier = verifier(1, blobs, Duration.ofSeconds(15))) {
            send(spotCheck("honest", honest("honest")));

            var verdict = verdict("honest");

            assertThat(verifier.isReady()).isTrue();
            assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.ACCEPTED);
            assertThat(verdict.getReexecuted()).isTrue();
            assertThat(verdict.getVerifierId()).isEqualTo(identity(1).id());
            assertThat(verdict.getResultDigest()).isEqualTo(ResultDigest.of(honest("honest")));
            var registration = opened(
                    Domain.REGISTRATION,
                    cluster.await(Topics.NODES, 1, event -> true).getFirst().value());
            assertThat(registration.getRole()).isEqualTo(NodeRole.VERIFIER);
        }
    }

    @Test
    void aCheaterIsCaughtByReExecution() throws Exception {
        try (var _ = verifier(1, blobs, Duration.ofSeconds(15))) {
            var lie = TaskResult.newBuilder(honest("cheat"))
                    .setValues(List.of(new WasmValue(WasmType.I32, 169L)))
                    .build();
            send(spotCheck("cheat", lie));

            var verdict = verdict("cheat");

            assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.REJECTED);
            assertThat(verdict.getReason()).isEqualTo("differs from the re-execution in values");
            assertThat(verdict.getFindings().getFirst().getKind()).isEqualTo(FindingKind.REJECTED);
        }
    }

    @Test
    void aQuorumOfTwoOutvotesTheThird() throws Exception {
        try (var _ = verifier(1, blobs, Duration.ofSeconds(15))) {
            send(quorum("quorum"));

            var verdict = verdict("quorum");

            assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.ACCEPTED);
            assertThat(verdict.getFindings())
                    .extracting(finding -> finding.getKind())
                    .containsExactly(FindingKind.ACCEPTED, FindingKind.ACCEPTED, FindingKind.REJECTED);
        }
    }

    @Test
    void bytesThatAreNoJobAreADeadLetterAndTheNextOneIsJudged() throws Exception {
        try (var _ = verifier(1, blobs, Duration.ofSeconds(15));
                var raw = new KafkaProducer<>(
                        cluster.connection.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(Topics.VERIFICATIONS.name(), null, "no job".getBytes(StandardCharsets.UTF_8)))
                    .get();
            var job = spotCheck("contradiction", honest("contradiction"));
            send(Jobs.changed(job, builder -> builder.setReplicas(List.of())));
            send(spotCheck("after", honest("after")));

            assertThat(verdict("after").getOutcome()).isEqualTo(VerdictOutcome.ACCEPTED);
            assertThat(cluster.await(Topics.DEAD_LETTERS, 2, event -> true))
                    .extracting(event -> event.value().getCode())
                    .containsExactly("undecodable", "out-of-range");
        }
    }

    @Test
    void aJobOfAVerifierThatDiedGoesToAnother() throws Exception {
        ShareGroup.configure(cluster.connection, Duration.ofSeconds(1));
        send(spotCheck("orphan", honest("orphan")));
        var taken = 0;
        // A consumer that takes the job and goes away without a word: to the broker, a verifier that was killed.
        try (var dead = ShareGroup.consumer(cluster.connection)) {
            dead.subscribe(List.of(Topics.VERIFICATIONS.name()));
            var end = System.nanoTime() + TestCluster.PATIENCE.toNanos();
            while (taken == 0 && System.nanoTime() < end)
                taken = dead.poll(Duration.ofMillis(200)).count();
            assertThat(taken).isEqualTo(1);

            try (var _ = verifier(1, blobs, Duration.ofSeconds(1))) {
                assertThat(verdict("orphan").getOutcome()).isEqualTo(VerdictOutcome.ACCEPTED);
            }
        }
    }

    @Test
    void aLongJobKeepsItsLock() throws Exception {
        var asked = new AtomicInteger();
        var slow = new CountDownLatch(1);
        var store = new Store(blobs, () -> {
            asked.incrementAndGet();
            try {
                // Several times the lock; the job would be delivered again if it were not renewed.
                var _ = slow.await(4, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        try (var _ = verifier(1, store, Duration.ofSeconds(1));
                var other = verifier(2, store, Duration.ofSeconds(1))) {
            send(spotCheck("long", honest("long")));

            verdict("long");

            assertThat(other.isReady()).isTrue();
        }
        assertThat(asked).hasValue(1);
        assertThat(cluster.all(Topics.VERDICTS, event -> event.key().equals("long")))
                .hasSize(1);
    }

    @Test
    void aStoreThatIsAwayForAWhileDelaysTheVerdict() throws Exception {
        var failures = new AtomicInteger(2);
        var store = new Store(blobs, () -> {
            if (failures.getAndDecrement() > 0) throw new BlobStoreException("no route", null);
        });
        try (var _ = verifier(1, store, Duration.ofSeconds(15))) {
            send(spotCheck("away", honest("away")));

            assertThat(verdict("away").getOutcome()).isEqualTo(VerdictOutcome.ACCEPTED);
        }
        assertThat(failures.get()).isNegative();
    }

    @Test
    void aStoreThatStaysAwayEndsInconclusiveAndNeverRefuses() throws Exception {
        var store = new Store(blobs, () -> {
            throw new BlobStoreException("no route", null);
        });
        try (var _ = verifier(1, store, Duration.ofSeconds(15))) {
            send(spotCheck("gone", honest("gone")));

            var verdict = verdict("gone");

            assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.INCONCLUSIVE);
            assertThat(verdict.getReason()).startsWith("could not be judged in 3 tries: re-execution failed here: ");
            assertThat(verdict.getFindings()).isEmpty();
        }
    }

    @Test
    void twoVerifiersShareTheJobs() throws Exception {
        var bothAtWork = new CountDownLatch(2);
        var store = new Store(blobs, () -> {
            bothAtWork.countDown();
            try {
                bothAtWork.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        try (var _ = verifier(1, store, Duration.ofSeconds(15));
                var _ = verifier(2, store, Duration.ofSeconds(15))) {
            for (int number = 0; number < 10; number++) send(spotCheck("job-" + number, honest("job-" + number)));

            var verdicts =
                    cluster.await(Topics.VERDICTS, 10, event -> event.key().startsWith("job-"));

            assertThat(verdicts.stream().map(event -> event.key()).collect(Collectors.toSet()))
                    .hasSize(10);
            assertThat(verdicts.stream()
                            .map(event -> event.value().getSignerId())
                            .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder(identity(1).id(), identity(2).id());
        }
    }

    /// A store that does something before it gives a blob out.
    private record Store(BlobStore inner, Runnable beforeGet) implements BlobStore {
        @Override
        public String put(byte[] bytes) {
            return inner.put(bytes);
        }

        @Override
        public byte[] get(String sha256) {
            beforeGet.run();
            return inner.get(sha256);
        }

        @Override
        public boolean contains(String sha256) {
            return inner.contains(sha256);
        }
    }

    private Verifier verifier(int seed, BlobStore store, Duration lock) throws Exception {
        var config = new VerifierConfig(
                "v" + seed, "owner", "local", 1, lock, 3, Duration.ofMillis(50), 4, directory.resolve("v" + seed));
        return Verifier.start(cluster.connection, store, config, identity(seed));
    }

    private static Identity identity(int seed) {
        return Jobs.node(100 + seed);
    }

    private Task task(String taskId, VerificationLevel level, int replicas, int quorum) {
        return Task.newBuilder()
                .setTaskId(taskId)
                .setTenant("tenant")
                .setModuleSha256(org.ambientvcp.schemas.Sha256.hex(primes))
                .setEntry(new FunctionEntry("count_primes", List.of(new WasmValue(WasmType.I32, 1_000L))))
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().build())
                .setVerification(Verification.newBuilder()
                        .setLevel(level)
                        .setReplicas(replicas)
                        .setQuorum(quorum)
                        .build())
                .setRewardMicros(1_000)
                .setSubmittedAtEpochMillis(1_800_000_000_000L)
                .setSubmittedBy("test")
                .build();
    }

    /// What an honest node 1 gets for the task.
    private TaskResult honest(String taskId) {
        return honest(1, task(taskId, VerificationLevel.SPOT_CHECK, 1, 1), new byte[0]);
    }

    private TaskResult honest(int seed, Task task, byte[] salt) {
        var lease = new Assignment(
                AssignmentKind.EXECUTE,
                0,
                task.getTaskId(),
                Jobs.node(seed).id(),
                1,
                (long) seed,
                0,
                0L,
                false,
                task,
                null,
                null);
        var run = new TaskRunner(blobs, new ModuleCache(1 << 24), new WasmEngine(System::nanoTime)).run(task);
        return run.result(lease, task.getModuleSha256(), new TaskRun.Cost(1, 2, 3, 4, EnergySource.MODEL), salt);
    }

    private VerificationJob spotCheck(String taskId, TaskResult result) {
        var task = task(taskId, VerificationLevel.SPOT_CHECK, 1, 1);
        var replica = new CommittedReplica(Jobs.node(1).id(), 1L, "");
        return new VerificationJob(
                0,
                5L,
                taskId,
                1,
                task,
                List.of(Jobs.node(1).sign(Domain.RESULT, result)),
                List.of(replica),
                VerificationLevel.SPOT_CHECK,
                1,
                true,
                1_000_000);
    }

    private VerificationJob quorum(String taskId) {
        var task = task(taskId, VerificationLevel.QUORUM, 3, 2);
        var results = new ArrayList<Signed>();
        var replicas = new ArrayList<CommittedReplica>();
        for (int seed = 1; seed <= 3; seed++) {
            var honest = honest(seed, task, SALT);
            var result = TaskResult.newBuilder(honest)
                    .setGasUsed(seed == 3 ? honest.getGasUsed() - 1 : honest.getGasUsed())
                    .build();
            var id = Jobs.node(seed).id();
            replicas.add(
                    new CommittedReplica(id, (long) seed, ResultDigest.commitment(SALT, id, ResultDigest.of(result))));
            results.add(Jobs.node(seed).sign(Domain.RESULT, result));
        }
        return new VerificationJob(0, 5L, taskId, 1, task, results, replicas, VerificationLevel.QUORUM, 2, false, 0);
    }

    private void send(VerificationJob job) throws Exception {
        cluster.producer.send(Topics.VERIFICATIONS, job.getTaskId(), job).get();
    }

    private Verdict verdict(String taskId) throws IOException {
        return opened(
                Domain.VERDICT,
                cluster.await(Topics.VERDICTS, 1, event -> event.key().equals(taskId))
                        .getFirst()
                        .value());
    }

    private static <T extends SpecificRecord> T opened(Domain<T> domain, Signed signed) {
        if (SignedEvents.open(domain, signed) instanceof Opened.Valid<T>(String _, T event)) return event;
        throw new AssertionError("not validly signed: " + signed);
    }
}
