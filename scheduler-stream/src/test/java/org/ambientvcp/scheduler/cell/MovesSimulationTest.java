package org.ambientvcp.scheduler.cell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellSplit;
import org.ambientvcp.events.NodeArrival;
import org.ambientvcp.events.NodeMove;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/// Three cells with their logs; nodes are moved while they work, commands come twice, cells are rebuilt at any time.
class MovesSimulationTest {
    private static final int SEEDS = 120;
    private static final int STEPS = 500;
    private static final int CELLS = 3;
    private static final int NODES = 5;
    private static final int SLOTS = 2;

    private final List<CellRun> cells = new ArrayList<>();
    private final List<ArrayDeque<SpecificRecord>> logs = new ArrayList<>();
    /// Where telemetry believes each node to be; it learns late.
    private final Map<String, Integer> believed = new HashMap<>();
    private final ArrayDeque<Map.Entry<String, Integer>> news = new ArrayDeque<>();
    private final Set<String> settled = new HashSet<>();
    private final Map<String, Long> paidResults = new HashMap<>();
    private final Set<String> offered = new HashSet<>();
    private Random random = new Random(0);
    private int moved;

    @Test
    void noNodeIsInTwoCellsAndNothingIsLostWhateverIsMovedWhen() {
        int moves = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new MovesSimulationTest();
            try {
                world.live(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
            moves += world.moved;
        }
        assertThat(moves).as("nodes moved").isGreaterThan(SEEDS * 5);
    }

    private void live(long seed) {
        random = new Random(seed);
        for (int cell = 0; cell < CELLS; cell++) {
            cells.add(new CellRun(cell));
            logs.add(new ArrayDeque<>());
            logs.get(cell).add(Samples.config().setCells(CELLS).build());
        }
        for (int node = 0; node < NODES; node++) believed.put("n" + node, random.nextInt(CELLS));
        for (int step = 0; step < STEPS; step++) {
            happen();
            if (random.nextInt(3) > 0) applyNext(random.nextInt(CELLS));
            check();
        }
        for (int round = 0; round < 40; round++) calm();
        for (var id : believed.keySet()) assertThat(owners(id)).as(id).hasSize(1);
        for (var run : cells) {
            if (run.nodes().isEmpty()) continue;
            for (var id : offered)
                assertThat(run.task(id)).as("%s in a cell with nodes", id).isNull();
        }
        for (var run : cells)
            for (var node : run.nodes())
                assertThat(node.getReputation().getAccepted())
                        .as(
                                "results of %s that were paid, wherever it was",
                                node.getNode().getNodeId())
                        .isEqualTo(paidResults.getOrDefault(node.getNode().getNodeId(), 0L));
    }

    private void happen() {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> offer();
            case 3, 4 -> heartbeat("n" + random.nextInt(NODES));
            case 5 -> command();
            case 6 -> learn();
            case 7 -> log(random.nextInt(CELLS), new Tick(1L));
            default -> {
                if (random.nextInt(4) == 0) cells.get(random.nextInt(CELLS)).restart();
            }
        }
    }

    private void offer() {
        var id = "t" + offered.size();
        offered.add(id);
        log(random.nextInt(CELLS), Samples.offer(Samples.task(id).setMaxAttempts(50)));
    }

    private void heartbeat(String node) {
        log(
                requireNonNull(believed.get(node)),
                Samples.node(node).setSlots(SLOTS).build());
    }

    private void command() {
        var to = random.nextInt(CELLS);
        var drain = random.nextInt(3) == 0 ? random.nextInt(200) : 0;
        var command = random.nextInt(4) == 0
                ? new CellSplit("s" + random.nextInt(4), to, null, drain, "operator")
                : new NodeMove("n" + random.nextInt(NODES), to, drain, "operator");
        var at = random.nextInt(CELLS);
        log(at, command);
        if (random.nextInt(4) == 0) log(at, command);
    }

    /// Telemetry hears where a node is now, and tells that cell of it.
    private void learn() {
        var home = news.poll();
        if (home == null) return;
        believed.put(home.getKey(), home.getValue());
        heartbeat(home.getKey());
    }

    private void calm() {
        while (!news.isEmpty()) learn();
        for (var node : believed.keySet()) heartbeat(node);
        for (int cell = 0; cell < CELLS; cell++) {
            cells.get(cell).now += 5_000;
            log(cell, new Tick(2L));
            while (!logs.get(cell).isEmpty()) applyNext(cell);
        }
    }

    private void log(int cell, SpecificRecord command) {
        logs.get(cell).add(command);
    }

    private void applyNext(int cell) {
        var command = logs.get(cell).poll();
        if (command == null) return;
        var run = cells.get(cell);
        run.now += random.nextInt(40);
        var effects = run.apply(command);
        if (command instanceof NodeArrival) moved++;
        for (var other : effects.commands())
            logs.get(other.cell()).add((SpecificRecord) other.command().getBody());
        for (var home : effects.homes())
            news.add(Map.entry(home.key(), home.value().getCell()));
        for (var output : effects.assignments()) {
            var lease = output.value();
            if (lease.getKind() != AssignmentKind.EXECUTE) continue;
            assertThat(run.node(lease.getNodeId()).getMovingTo())
                    .as("work for a node that leaves")
                    .isEqualTo(-1);
            log(cell, Samples.returned(lease, "42"));
        }
        for (var job : effects.verifications()) log(cell, Samples.honest(job.value()));
        for (var output : effects.ledger()) if (output.value().getBody() instanceof SettleTask settle) settle(settle);
        for (var status : effects.statuses())
            assertThat(status.value().getState()).isNotIn(TaskState.FAILED, TaskState.CANCELLED);
    }

    private void settle(SettleTask settle) {
        assertThat(settled.add(settle.getTaskId()))
                .as("%s is settled once", settle.getTaskId())
                .isTrue();
        for (var payment : settle.getPayments()) paidResults.merge(payment.getNodeId(), 1L, Long::sum);
    }

    private void check() {
        for (var id : believed.keySet()) {
            assertThat(owners(id)).as("cells that have %s", id).hasSizeLessThanOrEqualTo(1);
            var held = 0;
            for (var run : cells)
                for (var node : run.nodes()) if (node.getNode().getNodeId().equals(id)) held += node.getBusySlots();
            assertThat(held).as("busy slots of %s", id).isLessThanOrEqualTo(SLOTS);
        }
    }

    /// Cells that have the node, and logs in which it is under way.
    private List<String> owners(String id) {
        var owners = new ArrayList<String>();
        for (int cell = 0; cell < CELLS; cell++) {
            for (var node : cells.get(cell).nodes())
                if (node.getNode().getNodeId().equals(id)) owners.add("cell " + cell);
            for (var command : logs.get(cell))
                if (command instanceof NodeArrival arrival
                        && arrival.getNode().getNode().getNodeId().equals(id)) owners.add("log of " + cell);
        }
        return owners;
    }
}
