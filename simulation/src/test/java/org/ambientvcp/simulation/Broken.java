package org.ambientvcp.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.cell.StoreChange;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.simulation.checks.CellRule;
import org.ambientvcp.simulation.checks.Rules;
import org.ambientvcp.simulation.checks.StoredCell;

/// A cell with a mistake.
final class Broken implements CellRule {
    private final int cell;
    private final BrokenRules how;
    private final StoredCell stored = new StoredCell();
    private final TreeMap<String, Integer> priorities = new TreeMap<>();
    private CellRule real;

    Broken(int cell, BrokenRules how, CellSnapshot snapshot) {
        this.cell = cell;
        this.how = how;
        real = Rules.REAL.cell(cell, snapshot);
        for (var task : snapshot.tasks())
            stored.apply(new StoreChange(StoreChange.Store.TASKS, task.getTask().getTaskId(), task));
        if (how.restoresAlways()) {
            for (var node : snapshot.nodes())
                stored.apply(
                        new StoreChange(StoreChange.Store.NODES, node.getNode().getNodeId(), node));
            for (var turn : snapshot.turns())
                stored.apply(
                        new StoreChange(StoreChange.Store.TURNS, turn.getPriority() + "/" + turn.getTenant(), turn));
            for (var finished : snapshot.finished())
                stored.apply(new StoreChange(StoreChange.Store.FINISHED, finished.getTaskId(), finished));
            if (snapshot.meta() != null)
                stored.apply(new StoreChange(StoreChange.Store.META, StoreChange.META_KEY, snapshot.meta()));
        }
    }

    @Override
    public Effects apply(long offset, long timestampMillis, CellCommand command) {
        if (how.restoresAlways()) real = Rules.REAL.cell(cell, how.restored(stored.snapshot()));
        var effects = how.after(this, real.apply(offset, timestampMillis, how.before(this, command)));
        effects.changes().forEach(stored::apply);
        return effects;
    }

    @Override
    public OptionalLong nextTimer() {
        return real.nextTimer();
    }

    @Override
    public CellConfig config() {
        return real.config();
    }

    @Override
    public CellSummary summary() {
        return real.summary();
    }

    /// The result as if it named a lease that holds now.
    CellCommand ofTheLeaseThatHolds(ResultReceived received) {
        var task = stored.tasks().get(received.getTaskId());
        if (task == null || task.getState() != TaskState.LEASED) return new CellCommand(received);
        var lease = task.getReplicas().getFirst();
        var result = TaskResult.newBuilder(SingleObject.decode(
                        TaskResult.class, Bytes.of(received.getResult().getPayload())))
                .setNodeId(lease.getNodeId())
                .setAttempt(task.getAttempt())
                .setLeaseEpoch(lease.getLeaseEpoch())
                .build();
        var signed = received.getResult();
        return new CellCommand(new ResultReceived(
                received.getTaskId(),
                lease.getNodeId(),
                task.getAttempt(),
                lease.getLeaseEpoch(),
                new Signed(
                        lease.getNodeId(),
                        signed.getPublicKey(),
                        signed.getDomain(),
                        ByteBuffer.wrap(SingleObject.encode(result)),
                        signed.getSignature())));
    }

    /// The offer with its priority turned round.
    CellCommand turnedRound(TaskOffer offer) {
        var task = offer.getTask();
        priorities.put(task.getTaskId(), task.getPriority());
        var turned = Task.newBuilder(task).setPriority(4 - task.getPriority()).build();
        return new CellCommand(TaskOffer.newBuilder(offer).setTask(turned).build());
    }

    /// What is stored has the priorities that were asked for.
    Effects withOldPriorities(Effects effects) {
        var changes = new ArrayList<StoreChange>();
        for (var change : effects.changes()) {
            if (change.value() instanceof CellTask task && priorities.containsKey(change.key())) {
                var old = Task.newBuilder(task.getTask())
                        .setPriority(priorities.get(change.key()))
                        .build();
                changes.add(new StoreChange(
                        change.store(),
                        change.key(),
                        CellTask.newBuilder(task).setTask(old).build()));
            } else changes.add(change);
        }
        return new Effects(
                effects.assignments(),
                effects.statuses(),
                effects.verifications(),
                effects.ledger(),
                effects.reputations(),
                effects.refusals(),
                changes,
                effects.ignored(),
                effects.commands(),
                effects.homes());
    }
}
