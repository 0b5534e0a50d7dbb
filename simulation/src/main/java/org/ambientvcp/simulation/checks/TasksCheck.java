package org.ambientvcp.simulation.checks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.scheduler.intake.Decision;
import org.ambientvcp.scheduler.intake.TaskIntake;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Follows every task from its submission to its end, by the records alone.
final class TasksCheck {
    private final History history;
    private final Oracle oracle;
    private final Findings findings;
    private final List<StoredCell> cells;
    private final List<StoredLedger> ledgers;
    private final TreeMap<String, TaskStatus> last = new TreeMap<>();
    private final TreeMap<String, Task> tasks = new TreeMap<>();

    TasksCheck(History history, Oracle oracle, Findings findings, List<StoredCell> cells, List<StoredLedger> ledgers) {
        this.history = history;
        this.oracle = oracle;
        this.findings = findings;
        this.cells = cells;
        this.ledgers = ledgers;
    }

    void check() {
        statuses();
        submitted();
        money();
        slashes();
        cleanEnd();
    }

    private void statuses() {
        for (var each : history.of(Topics.TASK_STATUS)) {
            var status = each.value();
            if (status == null || each.key() == null) continue;
            var before = last.put(each.key(), status);
            findings.require(
                    before == null || !hasEnded(before.getState()) || before.getState() == TaskState.REJECTED,
                    Law.ENDS_ONCE,
                    "status " + each.partition() + ":" + each.offset(),
                    () -> each.key() + " had ended as " + before + ", then came " + status);
        }
    }

    static boolean hasEnded(TaskState state) {
        return switch (state) {
            case QUEUED, LEASED, VERIFYING -> false;
            case REJECTED, ACCEPTED, FAILED, CANCELLED -> true;
        };
    }

    private void submitted() {
        for (var each : history.of(Topics.TASKS)) {
            var task = each.value();
            if (task == null || !(TaskIntake.decide(each.key(), task, each.timeMillis()) instanceof Decision.Admit))
                continue;
            var key = Topics.taskStatusKey(task.getTenant(), task.getTaskId());
            tasks.putIfAbsent(key, task);
        }
        for (var each : history.of(Topics.CELL_COMMANDS)) // of two tasks with one id the one that was admitted counts
        if (each.value() != null && each.value().getBody() instanceof TaskOffer offer)
                tasks.put(
                        Topics.taskStatusKey(
                                offer.getTask().getTenant(), offer.getTask().getTaskId()),
                        offer.getTask());
        tasks.forEach((key, task) -> {
            var status = last.get(key);
            if (status == null) findings.add(Law.NOTHING_LOST, "task " + key, "has no status");
            else if (!hasEnded(status.getState())) waits(key, task, status);
            else if (status.getState() == TaskState.ACCEPTED) accepted(key, status);
        });
    }

    /// A task that has not ended must wait for what is not there.
    private void waits(String key, Task task, TaskStatus status) {
        findings.require(
                status.getState() == TaskState.QUEUED && status.getReason() != null,
                Law.PROGRESS,
                "task " + key,
                () -> "is still " + status.getState() + " in the end: " + status);
        if (status.getState() != TaskState.QUEUED || status.getCell() < 0 || status.getCell() >= cells.size()) return;
        var owners = new HashSet<String>();
        var cell = cells.get(status.getCell());
        for (var node : cell.nodes().values())
            if (isThere(node.getNode()) && NodesModel.fits(node.getNode(), task.getRequirements()))
                owners.add(node.getNode().getOwnerId());
        var live = cell.tasks().get(task.getTaskId());
        int extra = live == null ? 0 : live.getExtraReplicas();
        var wanted = task.getVerification().getLevel() == VerificationLevel.QUORUM
                ? task.getVerification().getReplicas() + extra
                : 1;
        findings.require(
                owners.size() < wanted,
                Law.PROGRESS,
                "task " + key,
                () -> "waits although " + owners + " could take it: " + status.getReason());
    }

    private static boolean isThere(NodeUpdate node) {
        return node.getLeaseMillis() > 0 && node.getBreaker() == org.ambientvcp.events.Breaker.CLOSED;
    }

    private void accepted(String key, TaskStatus status) {
        var result = status.getResult();
        var verdict = status.getVerdict();
        var where = "task " + key;
        if (result == null || verdict == null) {
            findings.add(Law.TRUTH, where, "accepted without a result or verdict");
            return;
        }
        var task = tasks.get(key);
        var truth = task == null ? null : oracle.trueDigest(task);
        if (truth == null || truth.equals(result.getResultDigest())) return;
        switch (status.getLevel()) {
            case SIGNED -> {}
            case SPOT_CHECK ->
                findings.require(
                        !verdict.getReexecuted(), Law.TRUTH, where, () -> "a wrong result passed its re-execution");
            case QUORUM -> {
                var liars = status.getReplicas().stream()
                        .filter(replica -> !oracle.isTruthful(replica.getNodeId()))
                        .count();
                findings.require(
                        liars >= quorum(task, status.getReplicas().size()),
                        Law.TRUTH,
                        where,
                        () -> "a wrong result was accepted with " + liars + " liars among "
                                + status.getReplicas().size());
            }
        }
    }

    private static int quorum(@Nullable Task task, int replicas) {
        int asked = task == null ? 1 : task.getVerification().getQuorum();
        return Math.max(asked, replicas / 2 + 1);
    }

    private void money() {
        var held = new TreeMap<String, Long>();
        var paid = new TreeMap<String, Long>();
        for (var each : history.of(Topics.LEDGER)) {
            var entry = each.value();
            if (entry == null
                    || entry.getTaskId() == null
                    || !entry.getAccount().startsWith("escrow:")) continue;
            var key = Topics.taskStatusKey(entry.getAccount().substring("escrow:".length()), entry.getTaskId());
            held.merge(key, entry.getAmountMicros(), Long::sum);
            if (entry.getKind() == TransferKind.PAY) paid.merge(key, -entry.getAmountMicros(), Long::sum);
        }
        held.forEach((key, left) -> {
            var status = last.get(key);
            if (status == null) return;
            var where = "task " + key;
            long pay = paid.getOrDefault(key, 0L);
            boolean ended = hasEnded(status.getState());
            findings.require(
                    left == (ended ? 0 : status.getRewardMicros()),
                    Law.CLEAN_END,
                    where,
                    () -> "is " + status.getState() + ", " + left + " are held");
            findings.require(
                    pay == (status.getState() == TaskState.ACCEPTED ? status.getRewardMicros() : 0),
                    Law.PAID_RIGHTLY,
                    where,
                    () -> "is " + status.getState() + ", " + pay + " of " + status.getRewardMicros() + " were paid");
        });
    }

    /// Whoever only ever signed the truth loses nothing, unless a quorum of liars overruled it.
    private void slashes() {
        var leases = new TreeMap<String, List<Assignment>>();
        for (var each : history.of(Topics.ASSIGNMENTS))
            if (each.value() != null && each.value().getKind() == AssignmentKind.EXECUTE)
                leases.computeIfAbsent(
                                each.value().getTaskId() + "/" + each.value().getAttempt(), _ -> new ArrayList<>())
                        .add(each.value());
        for (var each : history.of(Topics.LEDGER_COMMANDS)) {
            if (each.value() == null
                    || !(each.value().getBody() instanceof SlashNode slash)
                    || !oracle.isTruthful(slash.getNodeId())) continue;
            var attempt = leases.getOrDefault(slash.getTaskId() + "/" + slash.getAttempt(), List.of());
            var liars = new TreeSet<String>();
            for (var lease : attempt) if (!oracle.isTruthful(lease.getNodeId())) liars.add(lease.getNodeId());
            findings.require(
                    !attempt.isEmpty()
                            && liars.size() >= quorum(attempt.getFirst().getTask(), attempt.size()),
                    Law.HONEST_UNHARMED,
                    "ledger command " + each.partition() + ":" + each.offset(),
                    () -> slash + " although it told the truth, with " + liars.size() + " liars among "
                            + attempt.size());
        }
    }

    private void cleanEnd() {
        for (int cell = 0; cell < cells.size(); cell++) {
            var busy = NodesModel.busy(cells.get(cell));
            for (var task : cells.get(cell).tasks().values())
                findings.require(
                        task.getState() == TaskState.QUEUED,
                        Law.PROGRESS,
                        "cell " + cell,
                        () -> task.getTask().getTaskId() + " is " + task.getState() + " in the end");
            findings.require(busy.isEmpty(), Law.CLEAN_END, "cell " + cell, () -> "slots are busy: " + busy);
        }
        for (var ledger : ledgers)
            for (var hold : ledger.holds().values()) {
                if (hold.getSettled()) continue;
                var status = last.get(Topics.taskStatusKey(hold.getTenant(), hold.getTaskId()));
                findings.require(
                        status != null && !hasEnded(status.getState()),
                        Law.CLEAN_END,
                        "hold " + hold.getTenant() + "/" + hold.getTaskId(),
                        () -> "is held for a task that is " + status);
            }
    }
}
