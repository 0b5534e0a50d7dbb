package org.ambientvcp.scheduler.cell;

import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;

/// Hands complete evidence to the verifiers, again and again until one of them answers.
final class Jobs {
    private final CellState state;

    Jobs(CellState state) {
        this.state = state;
    }

    /// All results of an attempt are in. The command that brought the last one decides the spot check.
    void complete(LiveTask task, long timestampMillis) {
        var level = task.task.getVerification().getLevel();
        int chance = level == VerificationLevel.SPOT_CHECK ? spotCheckPpm(task) : 0;
        var reexecute =
                chance > 0 && Draws.spotCheck(state.cell, state.lastOffset, timestampMillis, digest(task)) < chance;
        var job = new VerificationJob(
                state.cell,
                state.lastOffset,
                task.id(),
                task.attempt,
                task.task,
                task.leases.stream()
                        .filter(lease -> lease.state == LeaseState.RETURNED)
                        .map(lease -> lease.result)
                        .toList(),
                task.leases.stream()
                        .filter(lease -> lease.state == LeaseState.RETURNED || !lease.commitment.isEmpty())
                        .map(lease -> new CommittedReplica(lease.nodeId, lease.epoch, lease.commitment))
                        .toList(),
                level,
                task.quorum(),
                reexecute,
                chance);
        task.job = job;
        task.resultAt = state.now;
        task.verifyBy = state.after(state.config.getVerificationTimeoutMillis());
        state.move(task, TaskState.VERIFYING);
        state.journal.verify(task, job);
        state.showChanged(task);
    }

    /// No verdict came in time: the same job once more.
    void repeat(LiveTask task) {
        if (state.now >= task.verifyBy && task.job != null) {
            state.journal.verify(task, task.job);
            task.verifyBy = state.after(state.config.getVerificationTimeoutMillis());
        }
        state.changed(task);
    }

    private int spotCheckPpm(LiveTask task) {
        var node = state.node(task.leases.getFirst().nodeId);
        return Draws.spotCheckPpm(
                task.task.getVerification().getSpotCheckPpm(), node == null ? 0 : node.consecutiveAccepted);
    }

    private static String digest(LiveTask task) {
        return task.result == null ? "" : task.result.getResultDigest();
    }
}
