package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Queued tasks of one requirement: they can all be placed now, or none of them, but for those that failed before on
/// the very nodes that are free.
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
    /// For each priority, by tenant and by the nodes that failed them, tasks by arrival.
    private final List<Map<String, Map<Set<String>, TreeMap<Long, LiveTask>>>> byTenant = new ArrayList<>();
    /// Whether tasks that failed on these nodes can be placed, as far as it was asked since the last change.
    private final Map<Set<String>, Boolean> placeable = new HashMap<>();

    private @Nullable Waiting waiting;

    QueueClass(Requirement requirement, Population population) {
        this.requirement = requirement;
        eligibility = new Eligibility(requirement, population);
        for (int priority = 0; priority < PRIORITIES; priority++) {
            turns.add(new TreeSet<>());
            byTenant.add(new HashMap<>());
        }
    }

    boolean isEmpty() {
        return byArrival.isEmpty();
    }

    /// Whether a task of this class that never failed could be placed now.
    boolean isReady() {
        return !isEmpty() && eligibility.suffices(Set.of());
    }

    /// @param before null = the node is new
    /// @param after null = it is forgotten
    /// @return whether the class' candidates or counts changed
    boolean judge(@Nullable Standing before, @Nullable Standing after) {
        if (!eligibility.judge(before, after)) return false;
        waiting = null;
        placeable.clear();
        return true;
    }

    /// Why one of its tasks waits.
    Waiting waiting(LiveTask task) {
        if (!task.excluded.isEmpty()) return Waiting.of(requirement, eligibility, task.excluded);
        var known = waiting;
        if (known == null) waiting = known = Waiting.of(requirement, eligibility, Set.of());
        return known;
    }

    void add(LiveTask task, long turn) {
        int priority = task.task.getPriority();
        byArrival.put(task.queuedOffset, task);
        turns.get(priority).add(new Turn(turn, task.tenant()));
        byTenant.get(priority)
                .computeIfAbsent(task.tenant(), _ -> new HashMap<>())
                .computeIfAbsent(Set.copyOf(task.excluded), _ -> new TreeMap<>())
                .put(task.queuedOffset, task);
    }

    void remove(LiveTask task, long turn) {
        int priority = task.task.getPriority();
        byArrival.remove(task.queuedOffset);
        var groups = byTenant.get(priority).get(task.tenant());
        if (groups == null) return;
        groups.computeIfPresent(task.excluded, (_, tasks) -> {
            tasks.remove(task.queuedOffset);
            return tasks.isEmpty() ? null : tasks;
        });
        if (!groups.isEmpty()) return;
        byTenant.get(priority).remove(task.tenant());
        turns.get(priority).remove(new Turn(turn, task.tenant()));
    }

    /// The tenant's turn has moved.
    void moveTurn(int priority, String tenant, long from, long to) {
        if (turns.get(priority).remove(new Turn(from, tenant)))
            turns.get(priority).add(new Turn(to, tenant));
    }

    /// A task and the turn it has.
    record Next(Turn turn, LiveTask task) implements Comparable<Next> {
        @Override
        public int compareTo(Next other) {
            int byTurn = turn.compareTo(other.turn);
            return byTurn != 0 ? byTurn : Long.compare(task.queuedOffset, other.task.queuedOffset);
        }
    }

    /// The task of a priority to place next; null = none can be placed. O(tenants and sets of failed nodes that have
    /// no task that can be placed, and come first).
    @Nullable
    Next next(int priority) {
        for (var turn : turns.get(priority)) {
            var task = oldest(priority, turn.tenant());
            if (task != null) return new Next(turn, task);
        }
        return null;
    }

    /// A tenant's oldest task that can be placed.
    private @Nullable LiveTask oldest(int priority, String tenant) {
        LiveTask oldest = null;
        for (var group : byTenant.get(priority).getOrDefault(tenant, Map.of()).entrySet()) {
            if (!placeable.computeIfAbsent(group.getKey(), eligibility::suffices)) continue;
            var first = group.getValue().firstEntry().getValue();
            if (oldest == null || first.queuedOffset < oldest.queuedOffset) oldest = first;
        }
        return oldest;
    }

    /// The oldest tasks, at most so many.
    List<LiveTask> oldest(int most) {
        return byArrival.values().stream().limit(most).toList();
    }
}
