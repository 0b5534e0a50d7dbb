package org.ambientvcp.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.wasm.Bytes;

/// All nodes, sharing producers and threads. A task's run is a timer; its result and its trace are real, signed bytes,
/// equal on every node.
///
/// Assignments may be told twice; a lease runs once.
final class Fleet implements AutoCloseable {
    private static final int TIMERS = 2;
    private static final int SALT_BYTES = 32;
    private static final byte[] NO_SALT = {};
    private static final String MODULE = Sha256.hex("load-test".getBytes(StandardCharsets.UTF_8));

    private record Lease(String taskId, int attempt, long leaseEpoch, String nodeId) {
        static Lease of(Assignment assignment) {
            return new Lease(
                    assignment.getTaskId(),
                    assignment.getAttempt(),
                    assignment.getLeaseEpoch(),
                    assignment.getNodeId());
        }
    }

    /// What is published when the cell asks for it.
    private record Promised(Signed trace, Signed result) {}

    private final LoadPlan plan;
    private final List<LoadNode> nodes;
    private final Map<String, LoadNode> byId = new HashMap<>();
    private final EventProducer evidence;
    private final EventProducer telemetry;
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(
            TIMERS, Thread.ofPlatform().name("run-", 0).factory());
    private final Map<Lease, Boolean> started = new ConcurrentHashMap<>();
    private final Map<Lease, Promised> promised = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final LongAdder overfull = new LongAdder();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean closed;

    Fleet(KafkaConnection connection, LoadPlan plan) {
        this.plan = plan;
        var epoch = System.currentTimeMillis();
        nodes = IntStream.range(0, plan.nodes())
                .parallel()
                .mapToObj(number -> new LoadNode(number, plan, epoch))
                .toList();
        for (var node : nodes) byId.put(node.id(), node);
        evidence = new EventProducer(connection, "load-test/nodes");
        telemetry = new EventProducer(connection, "load-test/telemetry");
    }

    /// Module of every task.
    static String module() {
        return MODULE;
    }

    /// Returns when the broker has all registrations.
    @SuppressWarnings("FutureReturnValueIgnored") // flush waits for them
    void register() {
        for (var node : nodes) telemetry.send(Topics.NODES, node.id(), node.registration());
        telemetry.flush();
    }

    /// Sends samples at an even rate from now on.
    void startTelemetry() {
        Thread.ofPlatform().name("telemetry").daemon().start(() -> {
            var gap = TimeUnit.MILLISECONDS.toNanos(plan.telemetryMillis()) / plan.nodes();
            var start = System.nanoTime();
            for (long number = 0; !closed; number++) {
                for (var left = start + number * gap - System.nanoTime();
                        left > 0;
                        left = start + number * gap - System.nanoTime()) LockSupport.parkNanos(left);
                sendSample(nodes.get((int) (number % plan.nodes())));
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a sample that is lost is followed by the next
    private void sendSample(LoadNode node) {
        telemetry.send(Topics.TELEMETRY, node.id(), node.sample());
    }

    /// Tasks that run now.
    int running() {
        return running.get();
    }

    /// How often a node had more tasks than slots.
    long overfull() {
        return overfull.sum();
    }

    /// Acts on an assignment; false if the lease runs or has run.
    boolean take(Assignment assignment) {
        var node = byId.get(assignment.getNodeId());
        if (node == null) return false;
        return switch (assignment.getKind()) {
            case EXECUTE -> execute(node, assignment);
            case REVEAL -> {
                var evidence = promised.remove(Lease.of(assignment));
                if (evidence != null) publish(assignment.getTaskId(), evidence);
                yield false;
            }
            case REVOKE -> {
                promised.remove(Lease.of(assignment));
                yield false;
            }
        };
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends by itself
    private boolean execute(LoadNode node, Assignment assignment) {
        if (started.putIfAbsent(Lease.of(assignment), true) != null) return false;
        if (node.begin() > plan.slots()) overfull.increment();
        running.incrementAndGet();
        var millis = plan.shortestMillis()
                + Math.floorMod(
                        assignment.getTaskId().hashCode() * 0x9E3779B9,
                        plan.longestMillis() - plan.shortestMillis() + 1);
        timers.schedule(() -> finish(node, assignment, millis), millis, TimeUnit.MILLISECONDS);
        return true;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what does not arrive is missing in the counts
    private void finish(LoadNode node, Assignment lease, int millis) {
        var committed = lease.getCommitFirst();
        var salt = NO_SALT;
        if (committed) {
            salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
        }
        var run = run(lease.getTaskId());
        var micros = TimeUnit.MILLISECONDS.toMicros(millis);
        var startedAt = System.currentTimeMillis() - millis;
        var result = run.result(
                lease, MODULE, new TaskRun.Cost(startedAt, micros, micros, micros, EnergySource.MODEL), salt);
        var shown = new Promised(
                node.identity().sign(Domain.TRACE, run.trace(lease, MODULE)),
                node.identity().sign(Domain.RESULT, result));
        running.decrementAndGet();
        node.end();
        if (!committed) {
            publish(lease.getTaskId(), shown);
            return;
        }
        promised.put(Lease.of(lease), shown);
        evidence.send(
                Topics.COMMITMENTS,
                lease.getTaskId(),
                node.identity()
                        .sign(
                                Domain.COMMITMENT,
                                new ResultCommitment(
                                        lease.getCell(),
                                        lease.getTaskId(),
                                        lease.getNodeId(),
                                        lease.getAttempt(),
                                        lease.getLeaseEpoch(),
                                        ResultDigest.commitment(salt, lease.getNodeId(), ResultDigest.of(result)))));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what does not arrive is missing in the counts
    private void publish(String taskId, Promised shown) {
        evidence.send(Topics.TRACES, taskId, shown.trace());
        evidence.send(Topics.RESULTS, taskId, shown.result());
    }

    /// What every node finds.
    private static TaskRun run(String taskId) {
        var digest = Sha256.hex(taskId.getBytes(StandardCharsets.UTF_8));
        return new TaskRun(
                Outcome.COMPLETED,
                0,
                null,
                List.of(new WasmValue(WasmType.I32, taskId.hashCode() & 0xFFFFFFFFL)),
                Bytes.EMPTY,
                Bytes.EMPTY,
                12_345,
                12_345,
                1,
                digest,
                1 << 28,
                List.of(digest));
    }

    @Override
    public void close() {
        closed = true;
        timers.shutdownNow();
        telemetry.close();
        evidence.close();
    }
}
