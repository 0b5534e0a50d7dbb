package org.ambientvcp.simulation.checks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.cell.StoreChange;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Replays one cell and looks at every step with a small model of its own: nodes as they said they are, the stores,
/// and nothing else.
final class CellCheck {
    private static final int REBUILT_EVERY = 50;

    private final int cell;
    private final Rules rules;
    private final Findings findings;
    private final CellRule rule;
    private final StoredCell stored = new StoredCell();
    private final Map<String, TaskStatus> shown = new HashMap<>();
    private final NodesModel nodes;
    private final QueueCheck queue;
    private final EvidenceCheck evidence;
    private final MoneyCheck money;
    private @Nullable CellRule rebuilt;
    private long now;
    private long lastEpoch;
    private int applied;

    CellCheck(int cell, Rules rules, Findings findings) {
        this.cell = cell;
        this.rules = rules;
        this.findings = findings;
        rule = rules.cell(cell, CellSnapshot.EMPTY);
        nodes = new NodesModel(findings);
        queue = new QueueCheck(stored, nodes, findings);
        evidence = new EvidenceCheck(findings);
        money = new MoneyCheck(findings);
    }

    StoredCell stored() {
        return stored;
    }

    Effects apply(long offset, long timeMillis, CellCommand command) {
        var where = "cell " + cell + ", offset " + offset;
        if (applied++ % REBUILT_EVERY == 0) rebuilt = rules.cell(cell, stored.snapshot());
        var effects = rule.apply(offset, timeMillis, command);
        if (rebuilt != null) rebuilt(rebuilt, offset, timeMillis, command, effects, where);
        now = Math.max(now, timeMillis);
        var settings = rule.config();
        if (command.getBody() instanceof NodeUpdate update && effects.refusals().isEmpty()) nodes.update(update, now);
        var before = new TreeMap<String, CellTask>();
        for (var change : effects.changes()) {
            if (change.store() == StoreChange.Store.TASKS && stored.tasks().containsKey(change.key()))
                before.put(change.key(), stored.tasks().get(change.key()));
            stored.apply(change);
        }
        for (var output : effects.statuses()) shown.put(output.key(), output.value());
        for (var change : effects.changes())
            if (change.store() == StoreChange.Store.TASKS && change.value() instanceof CellTask task)
                shown(task, where);
        evidence.check(command, effects, before, stored.tasks(), now, where);
        money.check(command, effects, before, stored.tasks(), settings.getSlashPercent(), where);
        queue.check(effects, now, where);
        for (var output : effects.assignments())
            if (output.value().getKind() == AssignmentKind.EXECUTE) granted(output.value(), where);
        nodes.slots(stored, where);
        return effects;
    }

    private void rebuilt(
            CellRule twin, long offset, long timeMillis, CellCommand command, Effects effects, String where) {
        var same = Arrays.equals(EffectsBytes.of(twin.apply(offset, timeMillis, command)), EffectsBytes.of(effects));
        findings.require(same, Law.REBUILT_IS_RUNNING, where, () -> "a rebuilt cell has other effects");
        findings.require(
                twin.nextTimer().equals(rule.nextTimer()) && twin.summary().equals(rule.summary()),
                Law.REBUILT_IS_RUNNING,
                where,
                () -> "a rebuilt cell has another timer or summary: " + twin.nextTimer() + " " + twin.summary()
                        + ", not " + rule.nextTimer() + " " + rule.summary());
        if (!same) rebuilt = null;
    }

    private void shown(CellTask task, String where) {
        var key =
                Topics.taskStatusKey(task.getTask().getTenant(), task.getTask().getTaskId());
        findings.require(
                task.getStatus().equals(shown.get(key)),
                Law.STATUS_IS_STORED,
                where,
                () -> "of " + key + " was shown " + shown.get(key) + ", stored is " + task.getStatus());
    }

    private void granted(Assignment lease, String where) {
        findings.require(
                lease.getLeaseEpoch() > lastEpoch,
                Law.LEASE_EPOCHS_GROW,
                where,
                () -> "epoch " + lease.getLeaseEpoch() + " after " + lastEpoch);
        lastEpoch = lease.getLeaseEpoch();
        nodes.granted(lease, stored, now, where);
    }
}
