package org.ambientvcp.scheduler.cell;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellMeta;
import org.ambientvcp.events.TaskState;
import org.jspecify.annotations.Nullable;

/// A cell's memory: nodes, live tasks, and the indexes over them. Everything here is in the stores or can be
/// computed from what is.
final class CellState {
    final int cell;
    final Journal journal = new Journal();
    final Timers timers = new Timers();
    final Remembered remembered;
    final Population population = new Population();
    final TaskQueue queue;
    final Departures departures = new Departures(journal);

    CellConfig config = CellSettings.DEFAULT;
    long lastOffset = -1;
    /// The largest append time seen, milliseconds.
    long now;

    String roundRobinCursor = "";
    /// Whoever explains is told how the nodes stood each time this task is placed; null = nobody asks.
    @Nullable
    String watchedTask;

    Consumer<List<Judgement>> watcher = nodes -> {};
    /// When waiting tasks were last told of other reasons.
    long toldAt;
    String lastSplitId = "";
    private long nextLeaseEpoch = 1;
    private final long[] rounds = new long[QueueClass.PRIORITIES];
    private final Map<String, LiveTask> tasks = new HashMap<>();
    private int queued;
    private int leased;

    CellState(int cell) {
        this.cell = cell;
        remembered = new Remembered(journal);
        queue = new TaskQueue(population, rounds, journal);
    }

    /// Rebuilds memory and indexes from the stores.
    static CellState restore(int cell, CellSnapshot stored) {
        var state = new CellState(cell);
        if (stored.meta() != null) state.restore(stored.meta());
        for (var node : stored.nodes()) {
            var live = new LiveNode(node);
            state.judge(live);
        }
        stored.departed().forEach(state.departures::restore);
        stored.finished().forEach(state.remembered::restore);
        stored.turns().forEach(state.queue::restore);
        for (var task : stored.tasks()) state.restore(new LiveTask(task));
        state.population.nodes().forEach(state::watch);
        return state;
    }

    private void restore(CellMeta meta) {
        config = meta.getConfig();
        lastOffset = meta.getLastOffset();
        now = meta.getNowEpochMillis();
        nextLeaseEpoch = meta.getNextLeaseEpoch();
        roundRobinCursor = meta.getRoundRobinCursor();
        toldAt = meta.getToldAtEpochMillis();
        lastSplitId = meta.getLastSplitId();
        for (int priority = 0; priority < rounds.length; priority++)
            rounds[priority] = meta.getRounds().get(priority);
    }

    private void restore(LiveTask task) {
        tasks.put(task.id(), task);
        count(task.state, 1);
        for (var lease : task.leases) {
            var node = population.node(lease.nodeId);
            if (node != null && lease.state.isOpen()) node.openLeases++;
        }
        if (task.state == TaskState.QUEUED && task.notBefore <= now) queue.add(task);
        watch(task);
    }

    CellMeta meta() {
        return new CellMeta(
                config,
                lastOffset,
                now,
                nextLeaseEpoch,
                roundRobinCursor,
                Arrays.stream(rounds).boxed().toList(),
                toldAt,
                lastSplitId);
    }

    @Nullable
    LiveNode node(String nodeId) {
        return population.node(nodeId);
    }

    @Nullable
    LiveTask task(String taskId) {
        return tasks.get(taskId);
    }

    /// Live tasks for which a node holds a slot, by id. O(tasks).
    List<LiveTask> tasksOn(String nodeId) {
        return tasks.values().stream()
                .filter(task ->
                        task.leases.stream().anyMatch(lease -> lease.nodeId.equals(nodeId) && lease.state.holdsSlot()))
                .sorted(Comparator.comparing(LiveTask::id))
                .toList();
    }

    void add(LiveTask task) {
        tasks.put(task.id(), task);
        count(task.state, 1);
    }

    /// The task has ended: its state is final and it holds nothing any more.
    void remove(LiveTask task, TaskState last) {
        tasks.remove(task.id());
        count(task.state, -1);
        task.state = last;
        queue.remove(task);
        timers.set(Timers.Kind.TASK, task.id(), Long.MAX_VALUE);
        journal.gone(task);
        show(task);
    }

    void move(LiveTask task, TaskState next) {
        count(task.state, -1);
        task.state = next;
        count(next, 1);
    }

    /// Milliseconds of a span from now; a time beyond all times stays one.
    long after(long millis) {
        return now > Long.MAX_VALUE - millis ? Long.MAX_VALUE : now + millis;
    }

    long takeLeaseEpoch() {
        return nextLeaseEpoch++;
    }

    /// The node's state has changed: stored, timed and judged again.
    void changed(LiveNode node) {
        journal.changed(node);
        watch(node);
        judge(node);
    }

    /// Tells the indexes how a node stands now, if they know it otherwise.
    void judge(LiveNode node) {
        var standing = Standing.of(node, now);
        var before = node.judged(standing);
        if (standing.equals(before)) return;
        population.change(node, before, standing);
        queue.judge(before, standing);
    }

    /// The task has changed in a way that only the cell cares about.
    void changed(LiveTask task) {
        journal.changed(task);
        watch(task);
    }

    /// The task has changed in a way that its user sees.
    void showChanged(LiveTask task) {
        changed(task);
        show(task);
    }

    private void show(LiveTask task) {
        task.updatedAt = now;
        journal.shown(task);
    }

    /// New settings hold from now on.
    void configure(CellConfig newer) {
        var same = config.getForgetNodesMillis() == newer.getForgetNodesMillis();
        config = newer;
        if (!same) population.nodes().forEach(this::watch);
    }

    /// A node's lease has ended, or has been over for long enough.
    void due(LiveNode node) {
        if (node.isLive(now) || now < forgetAt(node)) {
            judge(node);
            watch(node);
        } else forget(node);
    }

    /// The node is not in the cell any more.
    void forget(LiveNode node) {
        var last = node.standing();
        population.remove(node, last);
        queue.judge(last, null);
        journal.gone(node);
        timers.set(Timers.Kind.NODE, node.id(), Long.MAX_VALUE);
    }

    /// [Long#MAX_VALUE] while a live task has an open lease on it.
    private long forgetAt(LiveNode node) {
        var span = config.getForgetNodesMillis();
        if (node.openLeases > 0 || node.leaseExpiresAt > Long.MAX_VALUE - span) return Long.MAX_VALUE;
        return node.leaseExpiresAt + span;
    }

    private void watch(LiveNode node) {
        var due = node.isLive(now) ? node.leaseExpiresAt : forgetAt(node);
        timers.set(Timers.Kind.NODE, node.id(), node.moveBy == 0 ? due : Math.min(due, node.moveBy));
        departures.watch(node);
    }

    private void watch(LiveTask task) {
        timers.set(Timers.Kind.TASK, task.id(), task.nextDue());
    }

    /// Tasks that wait, in the queue or for their back-off to pass.
    int queued() {
        return queued;
    }

    int leased() {
        return leased;
    }

    private void count(TaskState state, int by) {
        if (state == TaskState.QUEUED) queued += by;
        if (state == TaskState.LEASED) leased += by;
    }
}
