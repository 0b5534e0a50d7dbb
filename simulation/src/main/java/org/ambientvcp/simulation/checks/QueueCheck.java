package org.ambientvcp.simulation.checks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.scheduler.cell.Effects;

/// Who is served before whom. Tasks are served last in a command, so whoever waits after it waited when each of its
/// leases was granted, and so did those that were served later in it.
final class QueueCheck {
    /// Turns others of its priority may have while a tenant waits with a task the node could run.
    private static final int MOST_TURNS = 2;

    private record Lane(int priority, String tenant) {}

    private final StoredCell stored;
    private final NodesModel nodes;
    private final Findings findings;
    /// Turns of others since the lane's last one, while it waited and could have been served.
    private final Map<Lane, Map<String, Integer>> turns = new HashMap<>();

    QueueCheck(StoredCell stored, NodesModel nodes, Findings findings) {
        this.stored = stored;
        this.nodes = nodes;
        this.findings = findings;
    }

    void check(Effects effects, long now, String where) {
        var served = new LinkedHashMap<String, List<Assignment>>();
        for (var output : effects.assignments())
            if (output.value().getKind() == AssignmentKind.EXECUTE)
                served.computeIfAbsent(output.value().getTaskId(), _ -> new ArrayList<>())
                        .add(output.value());
        if (served.isEmpty()) return;
        var waiting = new LinkedHashMap<String, CellTask>();
        for (var task : stored.tasks().values())
            if (task.getState() == TaskState.QUEUED && task.getNotBeforeEpochMillis() <= now)
                waiting.put(task.getTask().getTaskId(), task);
        for (var taskId : served.keySet()) {
            var task = stored.tasks().get(taskId);
            if (task != null) waiting.put(taskId, task);
        }
        var busy = new HashMap<>(NodesModel.busy(stored));
        for (var leases : served.values()) for (var lease : leases) busy.merge(lease.getNodeId(), -1, Integer::sum);
        for (var taskId : served.keySet()) {
            var task = waiting.remove(taskId);
            if (task != null) served(task, served.get(taskId), waiting, busy, now, where);
            for (var lease : served.get(taskId)) busy.merge(lease.getNodeId(), 1, Integer::sum);
        }
    }

    private void served(
            CellTask task,
            List<Assignment> leases,
            Map<String, CellTask> waiting,
            Map<String, Integer> busy,
            long now,
            String where) {
        var lane = lane(task);
        turns.remove(lane);
        var passedOver = new HashSet<Lane>();
        for (var other : waiting.values()) {
            var waits = lane(other);
            if (waits.priority() < lane.priority() || waits.equals(lane) || !couldRun(other, leases, busy, now))
                continue;
            findings.require(
                    waits.priority() == lane.priority(),
                    Law.PRIORITY,
                    where,
                    () -> task.getTask().getTaskId() + " of priority " + lane.priority() + " was served before "
                            + other.getTask().getTaskId() + " of priority " + waits.priority());
            passedOver.add(waits);
        }
        for (var waits : passedOver) {
            int had = turns.computeIfAbsent(waits, _ -> new HashMap<>()).merge(lane.tenant(), 1, Integer::sum);
            findings.require(
                    had <= MOST_TURNS,
                    Law.FAIRNESS,
                    where,
                    () -> lane.tenant() + " had " + had + " turns while " + waits + " waited");
        }
        turns.keySet().removeIf(waits -> !isBacklogged(waits));
    }

    private boolean isBacklogged(Lane lane) {
        return stored.tasks().values().stream()
                .anyMatch(task ->
                        task.getState() == TaskState.QUEUED && lane(task).equals(lane));
    }

    private static Lane lane(CellTask task) {
        return new Lane(task.getTask().getPriority(), task.getTask().getTenant());
    }

    /// Whether a waiting task could have been run with one of these leases' nodes. Never says yes wrongly: nodes that
    /// failed it before or are being probed are left out.
    private boolean couldRun(CellTask task, List<Assignment> leases, Map<String, Integer> busy, long now) {
        if (leases.stream().noneMatch(lease -> isCandidate(task, lease.getNodeId(), busy, now))) return false;
        int replicas = replicas(task);
        if (replicas == 1) return true;
        Set<String> owners = new HashSet<>();
        for (var node : nodes.all())
            if (isCandidate(task, node.update().getNodeId(), busy, now))
                owners.add(node.update().getOwnerId());
        return owners.size() >= replicas;
    }

    private boolean isCandidate(CellTask task, String nodeId, Map<String, Integer> busy, long now) {
        var node = nodes.get(nodeId);
        return node != null
                && node.leaseEnd() > now
                && node.update().getBreaker() == Breaker.CLOSED
                && busy.getOrDefault(nodeId, 0) < node.update().getSlots()
                && NodesModel.fits(node.update(), task.getTask().getRequirements())
                && !task.getExcludedNodes().contains(nodeId);
    }

    private static int replicas(CellTask task) {
        var wanted = task.getTask().getVerification();
        return wanted.getLevel() == VerificationLevel.QUORUM ? wanted.getReplicas() + task.getExtraReplicas() : 1;
    }
}
