package org.ambientvcp.scheduler.cell;

import static org.ambientvcp.scheduler.cell.Samples.committed;
import static org.ambientvcp.scheduler.cell.Samples.honest;
import static org.ambientvcp.scheduler.cell.Samples.nodeFailed;
import static org.ambientvcp.scheduler.cell.Samples.returned;
import static org.ambientvcp.scheduler.cell.Samples.verdict;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.apache.avro.specific.SpecificRecord;

/// Nodes, tenants and verifiers as they are on a bad day, out of one seed: they answer late, twice, in any order,
/// wrongly or not at all, and somebody writes garbage.
final class RandomWorld {
    static final int NODES = 6;

    private final Random random;
    /// Commands on their way to the cell; any may arrive next.
    final List<SpecificRecord> underWay = new ArrayList<>();
    private final Map<Long, Assignment> assignments = new HashMap<>();
    private final Map<String, Reputation> reputations = new HashMap<>();
    private final List<SpecificRecord> past = new ArrayList<>();
    private final int[] slots = new int[NODES];
    private int tasks;
    private boolean calm;

    RandomWorld(long seed) {
        random = new Random(seed);
        for (int node = 0; node < NODES; node++) slots[node] = 1 + random.nextInt(3);
    }

    /// From now on everybody answers, in time and honestly.
    void calmDown() {
        calm = true;
    }

    long passingMillis() {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt(7_000);
            case 1, 2, 3 -> random.nextInt(900);
            case 4 -> -random.nextInt(50); // brokers' clocks differ
            default -> random.nextInt(40);
        };
    }

    SpecificRecord nextCommand() {
        var command = switch (random.nextInt(20)) {
            case 0, 1, 2 -> update(random.nextInt(NODES));
            case 3, 4, 5, 6 -> offer();
            case 7 -> new Tick(1L);
            case 8 -> garbage();
            case 9 -> past.isEmpty() ? new Tick(2L) : again(past.get(random.nextInt(past.size())));
            default -> deliver();
        };
        past.add(command);
        return command;
    }

    /// What came before comes again; but a node's update that comes after the node was forgotten knows its reputation.
    private SpecificRecord again(SpecificRecord command) {
        if (!(command instanceof NodeUpdate update)) return command;
        return NodeUpdate.newBuilder(update)
                .setReputation(reputations.get(update.getNodeId()))
                .build();
    }

    private SpecificRecord deliver() {
        return underWay.isEmpty() ? new Tick(3L) : underWay.remove(random.nextInt(underWay.size()));
    }

    NodeUpdate update(int node) {
        var breaker = calm || random.nextInt(8) > 0 ? Breaker.CLOSED : any(Breaker.values());
        return Samples.node("n" + node)
                .setOwnerId("owner-" + node / 2 * (node < 4 ? 1 : node))
                .setRegion(node % 3 == 0 ? "us" : "eu")
                .setNodeType(node % 2 == 0 ? NodeType.SERVER : NodeType.EDGE)
                .setCapabilities(node < 3 ? List.of("gpu", "simd") : List.of())
                .setSlots(slots[node])
                .setScorePpm(random.nextInt(1_000_001))
                .setLatencyMicros(random.nextBoolean() ? null : random.nextInt(90_000))
                .setBreaker(breaker)
                .setLeaseMillis(Samples.NODE_LEASE_MILLIS)
                .setReputation(reputations.get("n" + node))
                .build();
    }

    private TaskOffer offer() {
        var id = "t" + (random.nextInt(15) == 0 ? random.nextInt(tasks + 1) : tasks++);
        var task = Samples.task(id)
                .setTenant(List.of("acme", "bravo", "coral").get(random.nextInt(3)))
                .setPriority(random.nextInt(8) == 0 ? random.nextInt(7) - 1 : 2)
                .setMaxAttempts(1 + random.nextInt(4))
                .setRewardMicros((long) random.nextInt(1_000))
                .setStrategy(random.nextBoolean() ? null : any(Strategy.values()))
                .setDeadlineEpochMillis(random.nextInt(6) > 0 ? null : CellRun.START + random.nextInt(60_000))
                .setVerification(verification())
                .setRequirements(Requirements.newBuilder()
                        .setRegion(random.nextInt(4) > 0 ? null : "us")
                        .setNodeType(random.nextInt(5) > 0 ? null : NodeType.EDGE)
                        .setCapabilities(random.nextInt(5) > 0 ? List.of() : List.of("gpu"))
                        .setMinimumHealthPpm(random.nextInt(5) > 0 ? 0 : 400_000)
                        .build());
        return new TaskOffer(task.build(), random.nextInt(5) > 0 ? List.of() : List.of(7, 8), 0L);
    }

    private Verification verification() {
        return switch (random.nextInt(4)) {
            case 0 -> Samples.quorum(2 + random.nextInt(2), 2);
            case 1 -> new Verification(VerificationLevel.SIGNED, 1, 1, 100_000);
            default -> new Verification(VerificationLevel.SPOT_CHECK, 1, 1, 100_000);
        };
    }

    private SpecificRecord garbage() {
        var task = "t" + random.nextInt(tasks + 2);
        var node = "n" + random.nextInt(NODES + 1);
        return switch (random.nextInt(7)) {
            case 0 -> new TaskCancel(task, random.nextBoolean() ? "acme" : "bravo", "someone", "no longer needed");
            case 1 -> {
                var bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                var empty = ByteBuffer.allocate(0);
                yield new ResultReceived(
                        task,
                        node,
                        1,
                        random.nextLong(50),
                        new Signed(node, empty, "x", ByteBuffer.wrap(bytes), empty));
            }
            case 2 ->
                new VerdictReceived(new Verdict(
                        CellRun.CELL,
                        task,
                        1 + random.nextInt(2),
                        "someone",
                        VerificationLevel.SIGNED,
                        any(VerdictOutcome.values()),
                        "nothing",
                        List.of(),
                        "",
                        false,
                        0L));
            case 3 -> config();
            case 4 ->
                Samples.node(node)
                        .setSlots(random.nextInt(3) - 1)
                        .setScorePpm(-1)
                        .build();
            case 5 ->
                assignments.isEmpty()
                        ? new Tick(4L)
                        : returned(List.copyOf(assignments.values()).get(random.nextInt(assignments.size())), "late");
            default -> Samples.config().setSlashPercent(-5).build();
        };
    }

    private CellConfig config() {
        return Samples.config()
                .setDefaultStrategy(any(Strategy.values()))
                .setMaxQueuedTasks(5 + random.nextInt(60))
                .setRetryBackoffMillis(random.nextInt(300))
                .setRememberMillis(random.nextInt(20_000))
                .setMaxRemembered(random.nextInt(30))
                .setForgetNodesMillis(random.nextInt(15_000))
                .setMaxVerificationJobs(1 + random.nextInt(3))
                .setCells(1 + random.nextInt(2))
                .build();
    }

    /// Nodes and verifiers hear what the cell decided.
    void hear(Effects effects) {
        for (var output : effects.assignments()) hear(output.value());
        for (var output : effects.reputations()) reputations.put(output.key(), output.value());
        for (var output : effects.verifications()) underWay.add(judge(output.value()));
    }

    private void hear(Assignment assignment) {
        switch (assignment.getKind()) {
            case EXECUTE -> {
                assignments.put(assignment.getLeaseEpoch(), assignment);
                if (calm || random.nextInt(6) > 0) underWay.add(firstAnswer(assignment));
            }
            case REVEAL -> {
                if (calm || random.nextInt(6) > 0) underWay.add(returned(assignment, answer(assignment)));
            }
            case REVOKE -> {} // may well be answered all the same
        }
    }

    private SpecificRecord firstAnswer(Assignment assignment) {
        if (!calm && random.nextInt(12) == 0) return nodeFailed(assignment);
        return assignment.getCommitFirst()
                ? committed(assignment, answer(assignment))
                : returned(assignment, answer(assignment));
    }

    /// Every fifth lease is with a cheat.
    private String answer(Assignment assignment) {
        return calm || assignment.getLeaseEpoch() % 5 > 0 ? "42" : "cheap guess of " + assignment.getNodeId();
    }

    private SpecificRecord judge(VerificationJob job) {
        if (calm) return honest(job);
        return switch (random.nextInt(8)) {
            case 0 -> verdict(job, VerdictOutcome.REJECTED, FindingKind.REJECTED);
            case 1 -> verdict(job, VerdictOutcome.INCONCLUSIVE, FindingKind.MISSING);
            case 2 -> verdict(job, VerdictOutcome.INCONCLUSIVE, List.of(), "");
            default -> honest(job);
        };
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
