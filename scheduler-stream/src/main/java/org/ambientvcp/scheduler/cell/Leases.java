package org.ambientvcp.scheduler.cell;

import java.util.HashSet;
import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.Explanation;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.TaskState;
import org.jspecify.annotations.Nullable;

/// Grants and ends leases, and keeps the nodes' slots in step with them.
final class Leases {
    private final CellState state;

    Leases(CellState state) {
        this.state = state;
    }

    /// Leases a task out of the queue on as many nodes as it needs.
    void grant(LiveTask task, Draws draws) {
        if (task.id().equals(state.watchedTask)) state.watcher.accept(Judgement.of(task, state));
        var eligibility = state.queue.eligibility(task);
        var wanted = task.task.getStrategy();
        var strategy = wanted == null ? state.config.getDefaultStrategy() : wanted;
        var owners = new HashSet<String>();
        var expiresAt = state.after((long) task.task.getLimits().getWallMillis() + state.config.getLeaseGraceMillis());
        for (int replica = 0; replica < task.replicas(); replica++) {
            var choice = eligibility.choose(strategy, task.excluded, owners, state.roundRobinCursor, draws);
            var node = choice.node();
            var explanation = new Explanation(
                    strategy,
                    eligibility.considered(),
                    eligibility.filtered(task.excluded, owners),
                    eligibility.candidates(task.excluded, owners),
                    node.id(),
                    node.update.getName(),
                    node.update.getScorePpm(),
                    choice.draw(),
                    choice.reason());
            var lease = new Lease(node, state.takeLeaseEpoch(), replica, state.now, expiresAt, explanation);
            if (strategy == Strategy.ROUND_ROBIN) state.roundRobinCursor = node.id();
            task.leases.add(lease);
            owners.add(node.update.getOwnerId());
            occupy(node);
            state.journal.assign(task, execute(task, lease));
        }
        state.queue.serve(task);
        state.move(task, TaskState.LEASED);
        task.leasedAt = state.now;
        task.reason = null;
        task.waiting = List.of();
        state.showChanged(task);
    }

    private void occupy(LiveNode node) {
        node.busySlots++;
        node.openLeases++;
        if (node.update.getBreaker() == Breaker.HALF_OPEN) node.probing = true;
        state.changed(node);
    }

    /// Moves a lease to its next state and frees what it no longer needs.
    void move(Lease lease, LeaseState next) {
        var before = lease.state;
        lease.state = next;
        release(lease, before.holdsSlot() && !next.holdsSlot(), before.isOpen() && !next.isOpen());
    }

    /// Asks a node that has committed for its result.
    void reveal(LiveTask task, Lease lease) {
        move(lease, LeaseState.REVEALING);
        lease.expiresAt = Math.max(lease.expiresAt, state.after(state.config.getLeaseGraceMillis()));
        state.journal.assign(task, assignment(AssignmentKind.REVEAL, task, lease, null));
    }

    /// Tells a node that its lease is over.
    void revoke(LiveTask task, Lease lease, LeaseState last, String reason) {
        move(lease, last);
        state.journal.assign(task, assignment(AssignmentKind.REVOKE, task, lease, reason));
    }

    /// Ends what is left of an attempt: running nodes are told to stop, without blame.
    void drop(LiveTask task, String reason) {
        for (var lease : task.leases) {
            if (lease.state.holdsSlot()) revoke(task, lease, LeaseState.REVOKED, reason);
            else if (lease.state.isOpen()) release(lease, false, true);
        }
    }

    private void release(Lease lease, boolean slot, boolean open) {
        var node = state.node(lease.nodeId);
        if (node == null || (!slot && !open)) return;
        if (slot) node.busySlots--;
        if (open && --node.openLeases == 0) node.probing = false;
        state.changed(node);
    }

    private Assignment execute(LiveTask task, Lease lease) {
        return new Assignment(
                AssignmentKind.EXECUTE,
                state.cell,
                task.id(),
                lease.nodeId,
                task.attempt,
                lease.epoch,
                lease.replica,
                lease.expiresAt,
                task.needsQuorum(),
                task.task,
                lease.explanation,
                null);
    }

    private Assignment assignment(AssignmentKind kind, LiveTask task, Lease lease, @Nullable String reason) {
        return new Assignment(
                kind,
                state.cell,
                task.id(),
                lease.nodeId,
                task.attempt,
                lease.epoch,
                lease.replica,
                lease.expiresAt,
                task.needsQuorum(),
                null,
                null,
                reason);
    }
}
