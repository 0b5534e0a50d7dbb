package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Queued tasks of one requirement: they can all be placed now, or none of them.
final class QueueClass {
    static final int PRIORITIES = 5;

    /// A tenant's place in a priority's round; the smallest is served first.
    record Turn(long turn, String tenant) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            int byTurn = Long.compare(turn, other.turn);
            return byTurn != 0 ? byTurn : tenant.compareTo(other.tenant);
        }
    }

    final Requirement requirement;
    final Eligibility eligibility;
    private final TreeMap<Long, LiveTask> byArrival = new TreeMap<>();
    private final List<TreeSet<Turn>> turns = new ArrayList<>();
    private final List<Map<String, TreeMap<Long, LiveTask>>> byTenant = new ArrayList<>();
    private @Nullable Waiting waiting;

    QueueClass(Requirement requirement, Collection<LiveNode> nodes, long now) {
        this.requirement = requirement;
        eligibility = new Eligibility(requirement, nodes, now);
        for (int priority = 0; priority < PRIORITIES; priority++) {
            turns.add(new TreeSet<>());
            byTenant.add(new HashMap<>());
        }
    }

    boolean isEmpty() {
        return byArrival.isEmpty();
    }

    /// Whether a task of this class can be placed now.
    boolean isReady() {
        return !isEmpty() && eligibility.owners() >= requirement.replicas();
    }

    /// @return whether the class' candidates or counts changed
    boolean judge(LiveNode node, long now) {
        if (!eligibility.judge(node, now)) return false;
        waiting = null;
        return true;
    }

    /// Why its tasks wait.
    Waiting waiting() {
        var known = waiting;
        if (known == null) waiting = known = Waiting.of(requirement, eligibility);
        return known;
    }

    void add(LiveTask task, long turn) {
        int priority = task.task.getPriority();
        byArrival.put(task.queuedOffset, task);
        turns.get(priority).add(new Turn(turn, task.tenant()));
        byTenant.get(priority)
                .computeIfAbsent(task.tenant(), _ -> new TreeMap<>())
                .put(task.queuedOffset, task);
    }

    void remove(LiveTask task, long turn) {
        int priority = task.task.getPriority();
        byArrival.remove(task.queuedOffset);
        var tasks = byTenant.get(priority).get(task.tenant());
        if (tasks == null) return;
        tasks.remove(task.queuedOffset);
        if (!tasks.isEmpty()) return;
        byTenant.get(priority).remove(task.tenant());
        turns.get(priority).remove(new Turn(turn, task.tenant()));
    }

    /// The tenant's turn has moved.
    void moveTurn(int priority, String tenant, long from, long to) {
        if (turns.get(priority).remove(new Turn(from, tenant)))
            turns.get(priority).add(new Turn(to, tenant));
    }

    /// The tenant that is next in a priority; null = no task of that priority.
    @Nullable
    Turn first(int priority) {
        var lane = turns.get(priority);
        return lane.isEmpty() ? null : lane.getFirst();
    }

    /// A tenant's oldest task of a priority; null = it has none here.
    @Nullable
    LiveTask oldest(int priority, String tenant) {
        var tasks = byTenant.get(priority).get(tenant);
        return tasks == null ? null : tasks.firstEntry().getValue();
    }

    /// The oldest tasks, at most so many.
    List<LiveTask> oldest(int most) {
        return byArrival.values().stream().limit(most).toList();
    }
}
