package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ambientvcp.events.TenantTurn;
import org.jspecify.annotations.Nullable;

/// Tasks that wait for a node: strict priority 4 to 0, tenants in turns inside a priority, oldest first inside a
/// tenant. A task that no node can take does not stand in the way of tasks that ask for other nodes.
///
/// Turns are deficit round-robin [1] with a quantum of one task and a cost of one per task. A tenant that is served
/// moves to the round after the one that is being served, and so enters a tenant that was not waiting; so nobody saves
/// up turns while it has nothing to run or while no node fits.
///
/// Tasks stand in classes of equal requirements. A class knows its candidates, so with C classes in use and N nodes:
/// adding, removing and serving a task is O(log queue + C); a node's change is O(C · log N); choosing the next task is
/// O(ready classes). None of it is O(queue): a tenant has tasks of at most [#MOST_KINDS] classes in a priority, retries
/// apart. Building a class is O(N · log N); the last [#KEPT_EMPTY] empty ones are kept warm, which changes no decision.
/// A class that has tasks has few candidates, or they would have been placed; so memory is O(C + [#KEPT_EMPTY] · N).
///
/// [1] M. Shreedhar, G. Varghese: Efficient Fair Queueing using Deficit Round Robin, SIGCOMM 1995.
final class TaskQueue {
    static final int KEPT_EMPTY = 32;

    /// A tenant's tasks of one priority may differ in what they ask for in so many ways, while they wait.
    static final int MOST_KINDS = 64;

    private record Lane(int priority, String tenant) {}

    private static final class Tenant {
        long turn;
        int tasks;
        final Map<QueueClass, Integer> tasksByClass = new HashMap<>();
    }

    private final Population population;
    private final Map<Requirement, QueueClass> classes = new HashMap<>();
    private final Map<LiveTask, QueueClass> classOf = new HashMap<>();
    private final Map<Lane, Tenant> lanes = new HashMap<>();
    private final LinkedHashSet<QueueClass> ready = new LinkedHashSet<>();
    private final LinkedHashMap<Requirement, QueueClass> empty = new LinkedHashMap<>();
    private final Set<QueueClass> touched = new HashSet<>();
    private final long[] rounds;
    private final Journal journal;

    /// @param population the cell's nodes
    /// @param rounds the round each priority is in; changed here
    TaskQueue(Population population, long[] rounds, Journal journal) {
        this.population = population;
        this.rounds = rounds;
        this.journal = journal;
    }

    int size() {
        return classOf.size();
    }

    /// Puts a stored turn back, before its tasks are added.
    void restore(TenantTurn stored) {
        var tenant = new Tenant();
        tenant.turn = stored.getTurn();
        lanes.put(new Lane(stored.getPriority(), stored.getTenant()), tenant);
    }

    void add(LiveTask task) {
        var lane = laneOf(task);
        var tenant = lanes.get(lane);
        if (tenant == null) {
            tenant = new Tenant();
            tenant.turn = rounds[lane.priority()] + 1;
            lanes.put(lane, tenant);
            store(lane, tenant);
        }
        var requirement = Requirement.of(task);
        var known = classes.get(requirement);
        if (known == null) {
            known = new QueueClass(requirement, population);
            classes.put(requirement, known);
        }
        empty.remove(requirement);
        tenant.tasks++;
        tenant.tasksByClass.merge(known, 1, Integer::sum);
        known.add(task, tenant.turn);
        classOf.put(task, known);
        task.inQueue = true;
        changed(known);
    }

    /// Takes a task out, served or not. Nothing happens if it is not in.
    void remove(LiveTask task) {
        var known = classOf.remove(task);
        if (known == null) return;
        var lane = laneOf(task);
        var tenant = lanes.get(lane);
        if (tenant == null) throw new IllegalStateException("a queued task's tenant has no turn: " + lane);
        known.remove(task, tenant.turn);
        tenant.tasksByClass.computeIfPresent(known, (_, count) -> count == 1 ? null : count - 1);
        task.inQueue = false;
        if (--tenant.tasks == 0) {
            lanes.remove(lane);
            store(lane, null);
        }
        changed(known);
        if (known.isEmpty()) keepWarm(known);
    }

    /// Takes a task out because it was placed: its tenant's turn is over.
    void serve(LiveTask task) {
        var lane = laneOf(task);
        var tenant = lanes.get(lane);
        if (tenant == null) throw new IllegalStateException("a queued task's tenant has no turn: " + lane);
        rounds[lane.priority()] = Math.max(rounds[lane.priority()], tenant.turn);
        var next = rounds[lane.priority()] + 1;
        for (var other : tenant.tasksByClass.keySet())
            other.moveTurn(lane.priority(), lane.tenant(), tenant.turn, next);
        tenant.turn = next;
        store(lane, tenant);
        remove(task);
    }

    /// Whether a task would stand in a class where its tenant has none yet, and it has too many of them.
    boolean isOneKindTooMany(LiveTask task) {
        var tenant = lanes.get(laneOf(task));
        if (tenant == null || tenant.tasksByClass.size() < MOST_KINDS) return false;
        var known = classes.get(Requirement.of(task));
        return known == null || !tenant.tasksByClass.containsKey(known);
    }

    /// The task to place next; null = none can be placed.
    @Nullable
    LiveTask next() {
        for (int priority = QueueClass.PRIORITIES - 1; priority >= 0; priority--) {
            QueueClass.Next best = null;
            for (var known : ready) {
                var next = known.next(priority);
                if (next != null && (best == null || next.compareTo(best) < 0)) best = next;
            }
            if (best != null) return best.task();
        }
        ready.clear(); // until one of them changes
        return null;
    }

    /// A node is seen otherwise than before.
    ///
    /// @param before null = it is new
    /// @param after null = it is forgotten
    void judge(@Nullable Standing before, @Nullable Standing after) {
        for (var known : classes.values()) if (known.judge(before, after)) changed(known);
    }

    Eligibility eligibility(LiveTask task) {
        return classOf(task).eligibility;
    }

    /// Why a queued task waits.
    Waiting waiting(LiveTask task) {
        return classOf(task).waiting(task);
    }

    /// Takes the classes whose tasks or counts changed since the last call, and of each the oldest tasks.
    ///
    /// @param most tasks of each class
    List<LiveTask> takeTouched(int most) {
        var oldest = new ArrayList<LiveTask>();
        for (var known : touched) oldest.addAll(known.oldest(most));
        touched.clear();
        return oldest;
    }

    private QueueClass classOf(LiveTask task) {
        var known = classOf.get(task);
        if (known == null) throw new IllegalStateException("not in the queue: " + task.id());
        return known;
    }

    private void changed(QueueClass known) {
        touched.add(known);
        if (known.isReady()) ready.add(known);
        else ready.remove(known);
    }

    private void keepWarm(QueueClass known) {
        empty.put(known.requirement, known);
        if (empty.size() <= KEPT_EMPTY) return;
        Iterator<Requirement> eldest = empty.keySet().iterator();
        classes.remove(eldest.next());
        eldest.remove();
    }

    private void store(Lane lane, @Nullable Tenant tenant) {
        journal.store(
                StoreChange.Store.TURNS,
                lane.priority() + "/" + lane.tenant(),
                tenant == null ? null : new TenantTurn(lane.priority(), lane.tenant(), tenant.turn));
    }

    private static Lane laneOf(LiveTask task) {
        return new Lane(task.task.getPriority(), task.tenant());
    }
}
