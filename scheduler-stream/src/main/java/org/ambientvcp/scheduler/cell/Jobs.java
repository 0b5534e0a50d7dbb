package org.ambientvcp.scheduler.cell;

import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;

/// Hands complete evidence to the verifiers, so often until one of them answers or the cell gives up.
final class Jobs {
    private final CellState state;
    private final TaskLife life;

    Jobs(CellState state, TaskLife life) {
        this.state = state;
        this.life = life;
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
        task.jobsSent = 0;
        task.resultAt = state.now;
        state.move(task, TaskState.VERIFYING);
        send(task, job);
        state.showChanged(task);
    }

    /// No verdict came in time: the same job once more, or the end. Nobody is to blame, so nobody is blamed.
    void repeat(LiveTask task) {
        var job = task.job;
        if (job == null || state.now < task.verifyBy) {
            state.changed(task);
        } else if (task.jobsSent >= state.config.getMaxVerificationJobs()) {
            life.fail(
                    task,
                    "no verifier has answered " + (task.jobsSent == 1 ? "the job" : task.jobsSent + " jobs")
                            + ", the last after " + state.config.getVerificationTimeoutMillis() + " ms");
        } else {
            send(task, job);
            state.changed(task);
        }
    }

    private void send(LiveTask task, VerificationJob job) {
        task.jobsSent++;
        task.verifyBy = state.after(state.config.getVerificationTimeoutMillis());
        state.journal.verify(task, job);
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
