package org.ambientvcp.scheduler.cell;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellSplit;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.NodeArrival;
import org.ambientvcp.events.NodeMove;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.schemas.TaskCheck;
import org.jspecify.annotations.Nullable;

/// A cell: a deterministic state machine whose only input is one log of commands. Not thread-safe.
///
/// Time is the largest append time seen so far and moves only when a command is applied; randomness is a hash of
/// where the command stands in the log. So equal logs give equal effects, byte for byte, on any machine and however
/// often the cell is rebuilt from its stores in between. The rules are in docs/scheduling.md.
///
/// One command, in this order: time moves; what is due happens, by (time, kind, id); the command itself; the queue is
/// served while a node can take a task; the waiting are told why they wait. With N nodes and C kinds of requirement in
/// use this is O(C · log N + log tasks) for the command and for each lease granted, and never O(queue): see
/// [TaskQueue].
public final class Cell {
    /// Of each kind of requirement so many of the oldest waiting tasks are told when the reason changes.
    static final int TOLD = 16;

    /// The waiting are told of other reasons at most this often, by log time.
    static final long TELL_MILLIS = 1_000;

    private final CellState state;
    private final Leases leases;
    private final TaskLife life;
    private final Evidence evidence;
    private final Jobs jobs;
    private final Verdicts verdicts;
    private final Moves moves;

    private Cell(CellState state) {
        this.state = state;
        leases = new Leases(state);
        life = new TaskLife(state, leases);
        var reputations = new Reputations(state);
        jobs = new Jobs(state, life);
        evidence = new Evidence(state, leases, reputations, life, jobs);
        verdicts = new Verdicts(state, reputations, life);
        moves = new Moves(state, life);
    }

    /// A cell as it was stored; [CellSnapshot#EMPTY] for a new one.
    ///
    /// @param cell its number: its partition of the command topic
    public static Cell restore(int cell, CellSnapshot stored) {
        return new Cell(CellState.restore(cell, stored));
    }

    /// Applies one command. Never throws on what the command says: what cannot be used is refused or ignored.
    ///
    /// @param offset of the command in the log; one not above the last is a repeated delivery, without effect
    /// @param timestampMillis its append time, milliseconds since 1970
    public Effects apply(long offset, long timestampMillis, CellCommand command) {
        if (offset <= state.lastOffset) return Effects.NONE;
        state.lastOffset = offset;
        state.now = Math.max(state.now, timestampMillis);
        state.remembered.forget(state.config, state.now);
        state.departures.forget(state.now);
        applyDue(timestampMillis);
        switch (command.getBody()) {
            case NodeUpdate update -> update(update);
            case TaskOffer offer -> life.offer(offer);
            case CommitmentReceived received -> evidence.committed(received, timestampMillis);
            case ResultReceived received -> evidence.returned(received, timestampMillis);
            case VerdictReceived received -> verdicts.apply(received.getVerdict());
            case TaskCancel cancel -> life.cancel(cancel);
            case CellConfig config -> configure(config);
            case NodeMove move -> moves.move(move);
            case CellSplit split -> moves.split(split);
            case NodeArrival arrival -> moves.arrive(arrival);
            case Tick _ -> {}
            default -> state.journal.refuse("undecodable", "a command without a body that is known");
        }
        moves.leave();
        dispatch(new Draws(state.cell, offset));
        tellTheWaiting();
        state.journal.store(StoreChange.Store.META, StoreChange.META_KEY, state.meta());
        return state.journal.take(state.cell);
    }

    private void applyDue(long timestampMillis) {
        for (var timer = state.timers.takeDue(state.now); timer != null; timer = state.timers.takeDue(state.now)) {
            switch (timer.kind()) {
                case NODE -> {
                    var node = state.node(timer.id());
                    if (node != null) due(node);
                }
                case TASK -> {
                    var task = state.task(timer.id());
                    if (task != null) due(task, timestampMillis);
                }
            }
        }
    }

    private void due(LiveNode node) {
        if (node.moveBy > 0 && state.now >= node.moveBy) moves.revoke(node);
        else state.due(node);
    }

    private void due(LiveTask task, long timestampMillis) {
        switch (task.state) {
            case QUEUED -> life.queuedDue(task);
            case LEASED -> evidence.expire(task, timestampMillis);
            case VERIFYING -> jobs.repeat(task);
            case REJECTED, ACCEPTED, FAILED, CANCELLED -> {} // not live
        }
    }

    private void update(NodeUpdate update) {
        var problem = problem(update);
        if (problem != null) {
            state.journal.refuse("out-of-range", problem);
            return;
        }
        var node = state.node(update.getNodeId());
        if (node == null && moves.hasLeft(update)) {
            state.journal.ignore();
            return;
        }
        if (node == null) node = new LiveNode(update);
        node.accept(update, state.after(update.getLeaseMillis()));
        state.changed(node);
    }

    static @Nullable String problem(NodeUpdate update) {
        if (update.getNodeId().isBlank()) return "nodeId is blank";
        if (update.getSlots() < 1 || update.getSlots() > 1024) return "slots is not 1–1024: " + update.getSlots();
        if (update.getScorePpm() < 0 || update.getScorePpm() > TaskCheck.PPM)
            return "scorePpm is not 0–1000000: " + update.getScorePpm();
        if (update.getLatencyMicros() != null && update.getLatencyMicros() < 0)
            return "latencyMicros is negative: " + update.getLatencyMicros();
        var reputation = update.getReputation();
        if (reputation != null && !LiveNode.couldBe(reputation, update.getNodeId()))
            return "reputation is not that of " + update.getNodeId() + ", of counts from 0";
        return update.getLeaseMillis() < 0 ? "leaseMillis is negative: " + update.getLeaseMillis() : null;
    }

    private void configure(CellConfig config) {
        var problems = CellSettings.problems(config);
        if (problems.isEmpty()) state.configure(config);
        else state.journal.refuse("out-of-range", String.join("; ", problems));
    }

    private void dispatch(Draws draws) {
        for (var task = state.queue.next(); task != null; task = state.queue.next()) leases.grant(task, draws);
    }

    /// Who comes is told at once; the oldest that wait are told when the reason changes, but not every moment.
    private void tellTheWaiting() {
        life.takeArrived().forEach(this::tell);
        if (state.now - state.toldAt < TELL_MILLIS) return;
        var told = false;
        for (var task : state.queue.takeTouched(TOLD)) told |= tell(task);
        if (told) state.toldAt = state.now;
    }

    private boolean tell(LiveTask task) {
        var waiting = state.queue.waiting(task);
        if (waiting.reason().equals(task.reason) && waiting.filtered().equals(task.waiting)) return false;
        task.reason = waiting.reason();
        task.waiting = waiting.filtered();
        state.showChanged(task);
        return true;
    }

    /// When a tick should be logged: something is due by then. Log time in milliseconds.
    public OptionalLong nextTimer() {
        return state.timers.next();
    }

    /// Asks to be told how all nodes stood each time a task is placed. Changes no decision; O(nodes) for each.
    public void watch(String taskId, Consumer<List<Judgement>> placing) {
        state.watchedTask = taskId;
        state.watcher = placing;
    }

    /// How all nodes stand now in the eyes of a task that waits in the queue; empty if it does not. O(nodes).
    public List<Judgement> judgements(String taskId) {
        var task = state.task(taskId);
        return task == null || !task.inQueue ? List.of() : Judgement.of(task, state);
    }

    /// Settings in force.
    public CellConfig config() {
        return state.config;
    }

    public int queuedTasks() {
        return state.queued();
    }

    public int leasedTasks() {
        return state.leased();
    }

    /// What the router should know. Nothing the cell decides depends on it. O(kinds of node).
    public CellSummary summary() {
        var population = state.population;
        return new CellSummary(
                state.cell,
                state.lastOffset,
                population.live(),
                population.usableSlots(),
                state.queued(),
                state.leased(),
                population.slotClasses(),
                state.config.getMaxQueuedTasks(),
                state.departures.moving());
    }
}
