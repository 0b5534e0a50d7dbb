package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Collects what one command causes.
final class Journal {
    private record Entry(StoreChange.Store store, String key) {}

    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::store).thenComparing(Entry::key);

    private final List<Output<Assignment>> assignments = new ArrayList<>();
    private final TreeMap<String, LiveTask> shown = new TreeMap<>();
    private final List<Output<TaskStatus>> rejected = new ArrayList<>();
    private final List<Output<VerificationJob>> verifications = new ArrayList<>();
    private final List<Output<LedgerCommand>> ledger = new ArrayList<>();
    private final TreeMap<String, Output<Reputation>> reputations = new TreeMap<>();
    private final List<ToOtherCell> commands = new ArrayList<>();
    private final List<Output<NodeHome>> homes = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final TreeMap<Entry, @Nullable SpecificRecord> stored = new TreeMap<>(ORDER);
    private final TreeMap<String, LiveNode> changedNodes = new TreeMap<>();
    private final TreeMap<String, LiveTask> changedTasks = new TreeMap<>();
    private int ignored;

    void assign(LiveTask task, Assignment assignment) {
        assignments.add(new Output<>(assignment.getNodeId(), assignment, task.task.getTraceparent()));
    }

    void verify(LiveTask task, VerificationJob job) {
        verifications.add(new Output<>(task.id(), job, task.task.getTraceparent()));
    }

    /// @param owner whose account it is about: `tenant:T` or `node:N`
    void ledger(String owner, SpecificRecord body, @Nullable String traceparent) {
        ledger.add(new Output<>(owner, new LedgerCommand(body), traceparent));
    }

    void reputation(LiveNode node) {
        reputations.put(node.id(), new Output<>(node.id(), node.reputation(), null));
    }

    void command(ToOtherCell command) {
        commands.add(command);
    }

    void home(NodeHome home) {
        homes.add(new Output<>(home.getNodeId(), home, null));
    }

    /// The command cannot be used.
    void refuse(String code, String reason) {
        refusals.add(new Refusal(code, reason));
    }

    /// The command repeats or comes too late, as happens on any day.
    void ignore() {
        ignored = 1;
    }

    void store(StoreChange.Store store, String key, @Nullable SpecificRecord value) {
        stored.put(new Entry(store, key), value);
    }

    /// The node is to be stored as it is at the command's end.
    void changed(LiveNode node) {
        changedNodes.put(node.id(), node);
    }

    /// The task is to be stored as it is at the command's end.
    void changed(LiveTask task) {
        changedTasks.put(task.id(), task);
    }

    /// The node is no more.
    void gone(LiveNode node) {
        changedNodes.remove(node.id());
        store(StoreChange.Store.NODES, node.id(), null);
    }

    /// The task is no more.
    void gone(LiveTask task) {
        changedTasks.remove(task.id());
        store(StoreChange.Store.TASKS, task.id(), null);
    }

    /// The task's status is to be written as it is at the command's end.
    void shown(LiveTask task) {
        shown.put(task.id(), task);
    }

    /// The status of a task that this cell does not take.
    void rejected(TaskStatus status, @Nullable String traceparent) {
        rejected.add(new Output<>(Topics.taskStatusKey(status.getTenant(), status.getTaskId()), status, traceparent));
    }

    /// Takes all of it, and is empty again.
    Effects take(int cell) {
        changedNodes.forEach((id, node) -> store(StoreChange.Store.NODES, id, node.record()));
        changedTasks.forEach((id, task) -> store(StoreChange.Store.TASKS, id, task.record(cell)));
        var effects = new Effects(
                assignments,
                Stream.concat(
                                shown.values().stream()
                                        .map(task -> new Output<>(
                                                Topics.taskStatusKey(task.tenant(), task.id()),
                                                task.status(cell),
                                                task.task.getTraceparent())),
                                rejected.stream())
                        .toList(),
                verifications,
                ledger,
                List.copyOf(reputations.values()),
                refusals,
                stored.entrySet().stream()
                        .map(entry -> new StoreChange(
                                entry.getKey().store(), entry.getKey().key(), entry.getValue()))
                        .toList(),
                ignored,
                commands,
                homes);
        assignments.clear();
        shown.clear();
        rejected.clear();
        verifications.clear();
        ledger.clear();
        reputations.clear();
        refusals.clear();
        commands.clear();
        homes.clear();
        stored.clear();
        changedNodes.clear();
        changedTasks.clear();
        ignored = 0;
        return effects;
    }
}
