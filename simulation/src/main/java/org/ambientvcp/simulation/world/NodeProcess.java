package org.ambientvcp.simulation.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.Chance;
import org.ambientvcp.simulation.Situation;
import org.ambientvcp.simulation.broker.Entry;
import org.ambientvcp.simulation.broker.Partition;
import org.jspecify.annotations.Nullable;

/// A process of a node, as `executor-worker` is one: reads its cell's assignments, works on leases, commits what is
/// finished. What is not committed is done again by the next process.
final class NodeProcess {
    private static final long COMMIT_MILLIS = 250;
    private static final long ALLOWED_SKEW_MILLIS = 2_000;

    final SimulatedNode node;
    final World world;
    final Chance chance;
    boolean dead;
    private final Evidence evidence;
    private final long epoch;
    private long sequence;
    private final int cell;
    private final Partition assignments;
    private long next;
    private final TreeSet<Long> unfinished = new TreeSet<>();
    private final TreeSet<Long> finished;
    private final TreeMap<String, Work> leases = new TreeMap<>();
    private final TreeSet<String> known = new TreeSet<>();
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private final List<Runnable> outbox = new ArrayList<>();
    private int busy;
    private boolean planned;

    NodeProcess(SimulatedNode node, long epoch) {
        this.node = node;
        this.epoch = epoch;
        world = node.world;
        chance = world.chance.split();
        cell = node.cell;
        assignments = world.broker.partition(Topics.ASSIGNMENTS, cell);
        next = node.position;
        finished = new TreeSet<>(node.finished);
        evidence = new Evidence(this);
    }

    void start() {
        node.register(epoch, sequence++);
        assignments.listen(this::wake);
        wake();
        world.time.in(chance.below(500), this::report);
        world.time.in(COMMIT_MILLIS, this::commit);
    }

    private void wake() {
        if (planned || dead) return;
        planned = true;
        world.time.in(1 + chance.below(15), this::poll);
    }

    private void poll() {
        planned = false;
        if (dead) return;
        if (!node.isReachable()) {
            planned = true;
            world.time.in(node.unreachableUntil - world.time.now(), this::poll);
            return;
        }
        for (var entry = assignments.next(next); entry != null; entry = assignments.next(next)) {
            next = entry.offset() + 1;
            if (node.id().equals(entry.key()) && !finished.contains(entry.offset())) take(entry);
        }
    }

    private void take(Entry entry) {
        if (!(entry.value() instanceof Assignment assignment)) return;
        unfinished.add(entry.offset());
        var held = leases.get(Work.key(assignment));
        switch (assignment.getKind()) {
            case EXECUTE -> execute(assignment, entry.offset());
            case REVEAL -> {
                if (held == null) finish(entry.offset());
                else {
                    held.offsets.add(entry.offset());
                    held.expiresAt = Math.max(held.expiresAt, assignment.getLeaseExpiresAtEpochMillis());
                    held.revealed = true;
                    if (held.state == Work.State.COMMITTED) evidence.show(held);
                }
            }
            case REVOKE -> {
                if (held != null) end(held);
                finish(entry.offset());
            }
        }
    }

    private void execute(Assignment assignment, long offset) {
        var work = new Work(assignment, offset);
        if (isOver(work) || !known.add(Work.key(assignment))) {
            finish(offset);
            return;
        }
        leases.put(Work.key(assignment), work);
        waiting.add(work);
        world.time.in(Math.max(1, work.expiresAt + ALLOWED_SKEW_MILLIS - node.clock()) + 1, () -> giveUp(work));
        run();
    }

    private void giveUp(Work work) {
        if (dead || work.state == Work.State.ENDED || (node.misbehaves() && node.behaviour == Behaviour.LATE)) return;
        if (isOver(work)) end(work);
        else world.time.in(1_000, () -> giveUp(work));
    }

    private boolean isOver(Work work) {
        return node.clock() - ALLOWED_SKEW_MILLIS > work.expiresAt;
    }

    private void run() {
        while (busy < node.slots && !waiting.isEmpty()) {
            var work = waiting.remove();
            if (work.state != Work.State.WAITING) continue;
            work.state = Work.State.RUNNING;
            busy++;
            world.time.in(evidence.duration(work), () -> ran(work));
        }
    }

    private void ran(Work work) {
        busy--;
        if (dead) return;
        if (work.state == Work.State.RUNNING) evidence.ran(work);
        run();
    }

    /// The lease needs nothing more.
    void end(Work work) {
        if (work.state == Work.State.ENDED) return;
        work.state = Work.State.ENDED;
        leases.remove(Work.key(work.assignment));
        work.offsets.forEach(this::finish);
    }

    private void finish(long offset) {
        unfinished.remove(offset);
        finished.add(offset);
    }

    private void commit() {
        if (dead) return;
        if (node.isReachable() && node.epoch == epoch) {
            node.position = unfinished.isEmpty() ? next : unfinished.first();
            finished.headSet(node.position).clear();
            node.finished.clear();
            node.finished.addAll(finished);
        }
        world.time.in(COMMIT_MILLIS, this::commit);
    }

    /// Sends a record; it arrives a little later, much later, or twice.
    void publish(Topic<Signed> topic, @Nullable String key, Signed signed, Runnable arrived) {
        Runnable append =
                () -> world.broker.partition(topic, key == null ? "" : key).append(world.time.now(), key, signed, null);
        Runnable send = () -> {
            var delay = !world.calm && chance.oneIn(30) ? chance.below(3_000) : 1 + chance.below(20);
            world.time.in(delay, () -> {
                append.run();
                if (!dead) arrived.run();
            });
            if (world.calm || !chance.oneIn(world.profile.duplicateOneIn())) return;
            world.coverage.count(Situation.RESULT_DUPLICATED);
            world.time.in(delay + chance.below(2_000), append);
        };
        if (node.isReachable()) {
            send.run();
            return;
        }
        if (outbox.isEmpty()) world.time.in(node.unreachableUntil - world.time.now() + 1, this::flush);
        outbox.add(send);
    }

    private void flush() {
        if (dead) return;
        if (!node.isReachable()) {
            world.time.in(node.unreachableUntil - world.time.now() + 1, this::flush);
            return;
        }
        var sends = List.copyOf(outbox);
        outbox.clear();
        sends.forEach(Runnable::run);
    }

    private void report() {
        if (dead) return;
        if (world.time.now() >= node.mutedUntil) {
            var sample = TelemetrySample.newBuilder()
                    .setNodeId(node.id())
                    .setEpoch(epoch)
                    .setSequence(sequence++)
                    .setObservedAtEpochMillis(node.clock())
                    .setBandwidthKbps(200_000 + chance.below(800_000))
                    .setLatencyMicros(node.blind ? null : node.slow ? 150_000 : 2_000 + chance.below(60_000))
                    .setCpuFreePpm(300_000 + chance.below(600_000))
                    .setMemoryFreePpm(500_000)
                    .setTemperatureMilliCelsius(node.blind ? null : node.hot ? 91_000 : 45_000 + chance.below(20_000))
                    .setConsecutiveErrors(node.errors)
                    .setBusySlots(Math.min(busy, node.slots))
                    .build();
            publish(Topics.TELEMETRY, node.id(), node.identity.sign(Domain.TELEMETRY, sample), () -> {});
        }
        world.time.in(node.telemetryMillis, this::report);
    }
}
