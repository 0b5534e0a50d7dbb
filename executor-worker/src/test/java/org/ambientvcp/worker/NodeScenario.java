package org.ambientvcp.worker;

import static org.ambientvcp.worker.EvidenceTest.opened;
import static org.ambientvcp.worker.Fixtures.config;
import static org.ambientvcp.worker.Fixtures.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.worker.TestCluster.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// A broker for all tests of a class, a new node and a new task for each.
abstract class NodeScenario {
    @TempDir
    private static Path shared;

    static TestCluster cluster;
    private static int nodes;

    @TempDir
    Path directory;

    Identity identity;
    BlobStore blobs;
    String taskId;

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

    final Node node(Runner runner) throws Exception {
        return Node.start(
                cluster.connection, blobs, config(directory.resolve("node"), 2), identity, new NoSensors(), runner);
    }

    final Runner sandbox() {
        return Runner.sandbox(new TaskRunner(blobs, new ModuleCache(1 << 24), new WasmEngine(System::nanoTime)));
    }

    final void assign(Assignment assignment) throws Exception {
        cluster.producer
                .send(Topics.ASSIGNMENTS, 0, identity.id(), assignment, null)
                .get();
    }

    final TaskResult result() {
        return opened(
                Domain.RESULT,
                cluster.await(Topics.RESULTS, 1, this::ofTask).getFirst().value());
    }

    final List<String> commitments(int count) {
        return cluster.await(Topics.COMMITMENTS, count, this::ofTask).stream()
                .map(event -> opened(Domain.COMMITMENT, event.value()).getCommitment())
                .toList();
    }

    final boolean ofTask(Event<Signed> event) {
        return event.key().equals(taskId);
    }

    final boolean isOurs(Event<Signed> event) {
        return event.key().equals(identity.id());
    }

    final boolean isAboutUs(Event<DeadLetter> letter) {
        var key = letter.value().getKey();
        return key != null && new String(Bytes.of(key), StandardCharsets.UTF_8).equals(identity.id());
    }

    static TaskRun blockUntilInterrupted(CountDownLatch running) {
        running.countDown();
        await(new CountDownLatch(1));
        return TaskRun.nodeFailed("interrupted");
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
