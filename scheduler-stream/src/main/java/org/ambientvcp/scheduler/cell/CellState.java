package org.ambientvcp.scheduler.cell;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
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
    final TaskQueue queue;

    CellConfig config = CellSettings.DEFAULT;
    long lastOffset = -1;
    /// The largest append time seen, milliseconds.
    long now;

    String roundRobinCursor = "";
    private long nextLeaseEpoch = 1;
    private final long[] rounds = new long[QueueClass.PRIORITIES];
    private final TreeMap<String, LiveNode> nodes = new TreeMap<>();
    private final Map<String, LiveTask> tasks = new HashMap<>();
    private int queued;
    private int leased;

    CellState(int cell) {
        this.cell = cell;
        remembered = new Remembered(journal);
        queue = new TaskQueue(nodes.values(), rounds, journal);
    }

    /// Rebuilds memory and indexes from the stores.
    static CellState restore(int cell, CellSnapshot stored) {
        var state = new CellState(cell);
        if (stored.meta() != null) state.restore(stored.meta());
        for (var node : stored.nodes()) {
            var live = new LiveNode(node);
            state.nodes.put(live.id(), live);
            state.watch(live);
        }
        stored.finished().forEach(state.remembered::restore);
        stored.turns().forEach(state.queue::restore);
        for (var task : stored.tasks()) state.restore(new LiveTask(task));
        state.queue.takeTouched(); // what users see of waiting tasks was up to date when the state was stored
        return state;
    }

    private void restore(CellMeta meta) {
        config = meta.getConfig();
        lastOffset = meta.getLastOffset();
        now = meta.getNowEpochMillis();
        nextLeaseEpoch = meta.getNextLeaseEpoch();
        roundRobinCursor = meta.getRoundRobinCursor();
        for (int priority = 0; priority < rounds.length; priority++)
            rounds[priority] = meta.getRounds().get(priority);
    }

    private void restore(LiveTask task) {
        tasks.put(task.id(), task);
        count(task.state, 1);
        for (var lease : task.leases) {
            var node = nodes.get(lease.nodeId);
            if (node != null && lease.state.isOpen()) node.openLeases++;
        }
        if (task.state == TaskState.QUEUED && task.notBefore <= now) queue.add(task, now);
        watch(task);
    }

    CellMeta meta() {
        return new CellMeta(
                config,
                lastOffset,
                now,
                nextLeaseEpoch,
                roundRobinCursor,
                Arrays.stream(rounds).boxed().toList());
    }

    /// Nodes by id; read-only.
    Map<String, LiveNode> nodes() {
        return Collections.unmodifiableMap(nodes);
    }

    @Nullable
    LiveNode node(String nodeId) {
        return nodes.get(nodeId);
    }

    @Nullable
    LiveTask task(String taskId) {
        return tasks.get(taskId);
    }

    void add(LiveNode node) {
        nodes.put(node.id(), node);
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
        queue.judge(node, now);
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

    private void watch(LiveNode node) {
        timers.set(Timers.Kind.NODE, node.id(), node.isLive(now) ? node.leaseExpiresAt : Long.MAX_VALUE);
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
