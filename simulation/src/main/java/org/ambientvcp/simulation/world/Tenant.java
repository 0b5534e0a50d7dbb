package org.ambientvcp.simulation.world;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.Chance;
import org.ambientvcp.simulation.Situation;

/// Submits tasks, some twice, some wrong, and changes its mind.
final class Tenant {
    private static final String MODULE = "ab".repeat(32);

    /// Moments at which everybody wants something, in a crowded world.
    private static final int RUSHES = 3;

    final String name;
    private final World world;
    private final Chance chance;
    private final List<Task> submitted = new ArrayList<>();
    private int number;

    Tenant(World world, String name) {
        this.world = world;
        this.name = name;
        chance = world.chance.split();
    }

    /// Submits about this many tasks until the weather turns.
    void start(int tasks, long millis) {
        for (int task = 0; task < tasks; ) {
            var at = moment(millis);
            if (chance.oneIn(12)) {
                int burst = Math.min(tasks - task, 5 + chance.below(20));
                world.time.in(at, () -> world.coverage.count(Situation.BURST));
                for (int i = 0; i < burst; i++) world.time.in(at, this::act);
                task += burst;
            } else {
                world.time.in(at, this::act);
                task++;
            }
        }
    }

    private long moment(long millis) {
        return world.profile.crowded() && chance.oneIn(2)
                ? millis / RUSHES * chance.below(RUSHES) + chance.below(300)
                : chance.between(0, millis);
    }

    private void act() {
        switch (chance.below(24)) {
            case 0 -> again();
            case 1 -> conflict();
            case 2 -> {
                world.coverage.count(Situation.TASK_INVALID);
                send(task().setPriority(9).build());
            }
            case 3, 4 -> cancel();
            case 5 -> stranger();
            default -> submit(task().build());
        }
    }

    private void submit(Task task) {
        world.coverage.count(Situation.TASK_SUBMITTED);
        submitted.add(task);
        send(task);
        if (!chance.oneIn(15)) return;
        world.coverage.count(Situation.TASK_SUBMITTED_TWICE);
        world.time.in(chance.below(8_000), () -> send(task));
    }

    private void send(Task task) {
        world.broker.partition(Topics.TASKS, task.getTaskId()).append(world.time.now(), task.getTaskId(), task, null);
    }

    private void again() {
        if (submitted.isEmpty()) return;
        world.coverage.count(Situation.TASK_SUBMITTED_TWICE);
        send(chance.any(submitted));
    }

    private void conflict() {
        if (submitted.isEmpty()) return;
        world.coverage.count(Situation.TASK_CONFLICTING);
        send(task().setTaskId(chance.any(submitted).getTaskId()).build());
    }

    /// A task of an id that another tenant uses.
    private void stranger() {
        var other = chance.any(world.tenants);
        if (other == this || other.submitted.isEmpty()) return;
        world.coverage.count(Situation.TASK_ID_OF_ANOTHER);
        var task = task().setTaskId(chance.any(other.submitted).getTaskId()).build();
        if (submitted.stream().noneMatch(own -> own.getTaskId().equals(task.getTaskId()))) submit(task);
    }

    private void cancel() {
        if (submitted.isEmpty()) return;
        var task = chance.any(submitted);
        world.time.in(chance.below(500), () -> {
            var status = world.statuses.of(name, task.getTaskId());
            if (status == null || status.getCell() < 0) return;
            world.coverage.count(Situation.CANCEL);
            var cancel = new TaskCancel(task.getTaskId(), name, name, "no longer needed");
            world.broker
                    .partition(Topics.CELL_COMMANDS, status.getCell())
                    .append(world.time.now(), task.getTaskId(), new CellCommand(cancel), null);
        });
    }

    private Task.Builder task() {
        var now = world.time.now();
        var profile = world.profile;
        var impossible = chance.oneIn(40);
        if (impossible) world.coverage.count(Situation.TASK_WITHOUT_NODES);
        var deadline = chance.oneIn(profile.deadlineOneIn());
        if (deadline) world.coverage.count(Situation.TASK_WITH_DEADLINE);
        return Task.newBuilder()
                .setTaskId(name + "-" + number++)
                .setTenant(name)
                .setModuleSha256(MODULE)
                .setEntry(new FunctionEntry("run", List.of(new WasmValue(WasmType.I64, chance.between(0, 1_000_000)))))
                .setLimits(Limits.newBuilder()
                        .setWallMillis((int) chance.between(50, profile.longestRunMillis()))
                        .build())
                .setRequirements(Requirements.newBuilder()
                        .setRegion(impossible ? "mars" : chance.oneIn(6) ? "us" : null)
                        .setNodeType(chance.oneIn(8) ? NodeType.EDGE : null)
                        .setCapabilities(chance.oneIn(8) ? List.of("gpu") : List.of())
                        .setMinimumHealthPpm(chance.oneIn(8) ? 300_000 : 0)
                        .build())
                .setStrategy(chance.oneIn(3) ? chance.any(List.of(Strategy.values())) : null)
                .setVerification(verification())
                .setPriority(chance.oneIn(4) ? chance.below(5) : 2)
                .setMaxAttempts(1 + chance.below(6))
                .setDeadlineEpochMillis(deadline ? now + chance.between(100, 40_000) : null)
                .setRewardMicros(chance.oneIn(12) ? 0 : chance.between(1, 5_000))
                .setSubmittedAtEpochMillis(now)
                .setSubmittedBy(name);
    }

    private Verification verification() {
        var kind = chance.below(100);
        if (kind < world.profile.quorumPercent()) {
            int replicas = 2 + chance.below(3);
            int quorum = replicas / 2 + 1 + (chance.oneIn(4) && replicas / 2 + 1 < replicas ? 1 : 0);
            return new Verification(VerificationLevel.QUORUM, replicas, quorum, 100_000);
        }
        return kind % 3 == 0
                ? new Verification(VerificationLevel.SIGNED, 1, 1, 100_000)
                : new Verification(VerificationLevel.SPOT_CHECK, 1, 1, chance.oneIn(3) ? 1_000_000 : 100_000);
    }
}
