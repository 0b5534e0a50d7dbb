package org.ambientvcp.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.embedded.EmbeddedBroker;
import org.ambientvcp.embedded.EmbeddedRegistry;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three scheduler processes share four cells; one is killed while work goes on.
class SeveralSchedulersIT {
    private static final int CELLS = 4;
    private static final int SCHEDULERS = 3;
    private static final int TASKS = 240;
    private static final int ACCEPTED_BEFORE_THE_KILL = 40;
    private static final long PAUSE_MILLIS = 60;
    private static final long REWARD_MICROS = 1_000;

    @Test
    void whoIsKilledIsReplacedByTheOthersAndNothingIsLostOrPaidTwice(@TempDir Path directory) throws Exception {
        var processes = new HashMap<String, ForkedVcp>();
        var nodes = new ArrayList<Service>();
        try (var broker = EmbeddedBroker.start(directory.resolve("kafka"), 0, Map.of());
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
                var kafka = new KafkaSide(broker.bootstrapServers(), registry.url())) {
            try (var admin = kafka.connection().admin()) {
                TopicAdmin.createMissing(
                        admin, new TopicAdmin.Layout(CELLS, SCHEDULERS, (short) 1), Duration.ofSeconds(60));
            }
            var module = new DirectoryBlobStore(directory.resolve("blobs")).put(Examples.read("primes/primes.wasm"));
            var verifierData = directory.resolve("proof-verifier");
            var verifier = Identity.loadOrCreate(verifierData.resolve("node.key"), new SecureRandom());
            try {
                var common = new HashMap<String, String>();
                common.put("VCP_BOOTSTRAP_SERVERS", broker.bootstrapServers());
                common.put("VCP_SCHEMA_REGISTRY_URL", registry.url());
                common.put("VCP_BLOB_STORE", directory.resolve("blobs").toString());
                common.put("VCP_HTTP_PORT", "0");
                common.put("VCP_TRUSTED_VERIFIERS", verifier.id());
                common.put("VCP_NODE_NAME", "verifier");
                common.put("VCP_OWNER", "verifier");
                common.put("VCP_DATA_DIR", verifierData.toString());
                for (int number = 1; number <= SCHEDULERS; number++)
                    processes.put(
                            "scheduler-" + number,
                            start(directory.resolve("scheduler-" + number), common, "scheduler-stream"));
                processes.put("telemetry", start(directory.resolve("telemetry"), common, "telemetry-ingest"));
                processes.put("verifier", start(directory.resolve("verifier"), common, "proof-verifier"));
                for (int cell = 0; cell < CELLS; cell++)
                    nodes.add(ExtraNode.start(
                            kafka,
                            directory,
                            directory.resolve("node-" + cell),
                            "node-" + cell,
                            Map.of("VCP_CELL", Integer.toString(cell), "VCP_REGION", "eu-north")));
                awaitNodes(kafka);
                kafka.grant("funds-of-acme", "tenant:acme", TASKS * REWARD_MICROS);

                var submitter = Thread.startVirtualThread(() -> submitAll(kafka, module));
                Await.until(
                        ACCEPTED_BEFORE_THE_KILL + " tasks are accepted",
                        () -> accepted(kafka),
                        accepted -> accepted.size() >= ACCEPTED_BEFORE_THE_KILL);
                var victim = requireNonNull(processes.get("scheduler-2"));
                victim.requireAlive();
                victim.kill();
                submitter.join();

                var all = Await.until("all tasks are accepted", () -> accepted(kafka), seen -> seen.size() >= TASKS);
                assertThat(all).containsExactlyInAnyOrderElementsOf(taskIds());
                for (var service : processes.entrySet())
                    if (!service.getKey().equals("scheduler-2"))
                        service.getValue().requireAlive();
                assertEachPaidOnce(kafka);
                assertNoLeaseTwice(kafka);
            } finally {
                nodes.forEach(Service::close);
                for (var process : processes.values()) process.close();
            }
        }
    }

    private static ForkedVcp start(Path directory, Map<String, String> common, String service) throws Exception {
        Files.createDirectories(directory);
        var settings = new HashMap<>(common);
        settings.put("VCP_STATE_DIR", directory.resolve("state").toString());
        return ForkedVcp.start(directory, settings, "start", service);
    }

    /// Every cell says that it has a live node.
    private static void awaitNodes(KafkaSide kafka) throws Exception {
        Await.until(
                "every cell has a node",
                () -> {
                    var latest = new HashMap<Integer, CellSummary>();
                    for (var event : kafka.read(Topics.CELL_SUMMARIES))
                        latest.put(event.value().getCell(), event.value());
                    return latest.values().stream()
                            .filter(cell -> cell.getLiveNodes() > 0)
                            .count();
                },
                cells -> cells == CELLS);
    }

    private static void submitAll(KafkaSide kafka, String module) {
        for (var taskId : taskIds()) {
            try {
                kafka.send(
                        Topics.TASKS,
                        taskId,
                        KafkaTasks.primes(taskId, "acme", module)
                                .setRewardMicros(REWARD_MICROS)
                                .build());
                Thread.sleep(PAUSE_MILLIS);
            } catch (Exception failed) {
                throw new IllegalStateException(taskId, failed);
            }
        }
    }

    private static List<String> taskIds() {
        var ids = new ArrayList<String>();
        for (int number = 0; number < TASKS; number++) ids.add("shared-" + number);
        return ids;
    }

    private static Set<String> accepted(KafkaSide kafka) {
        var accepted = new HashSet<String>();
        for (var event : kafka.read(Topics.TASK_STATUS))
            if (event.value().getState() == TaskState.ACCEPTED)
                accepted.add(event.value().getTaskId());
        return accepted;
    }

    private static void assertEachPaidOnce(KafkaSide kafka) throws Exception {
        Books.assertBalanced(kafka);
        var books = Books.read(kafka);
        for (var taskId : taskIds()) {
            assertThat(books.of(taskId, TransferKind.HOLD)).as(taskId).hasSize(2);
            assertThat(books.of(taskId, TransferKind.PAY)).as(taskId).hasSize(2);
            assertThat(books.paid(taskId)).as(taskId).isEqualTo(REWARD_MICROS);
            assertThat(books.refunded(taskId)).as(taskId).isZero();
        }
    }

    private static void assertNoLeaseTwice(KafkaSide kafka) {
        var leases = new HashSet<String>();
        for (var event : kafka.read(Topics.ASSIGNMENTS)) {
            var lease = event.value();
            if (lease.getKind() == AssignmentKind.EXECUTE)
                assertThat(leases.add(lease.getCell() + "/" + lease.getLeaseEpoch()))
                        .as("lease epoch %s of cell %s is used once", lease.getLeaseEpoch(), lease.getCell())
                        .isTrue();
        }
    }
}
