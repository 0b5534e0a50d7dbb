package org.ambientvcp.scheduler.cell;

import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.ResultSummary;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.schemas.TaskCheck;
import org.jspecify.annotations.Nullable;

/// Takes promises and results from nodes that hold a lease, until the evidence of an attempt is complete.
///
/// A quorum commits first: nobody shows a result before all have promised theirs, so nobody can copy one. Once every
/// lease that is left is COMMITTED they are asked to reveal; once all that are left have RETURNED and are enough,
/// the verifiers get the job. When too few are left the attempt ends at once.
final class Evidence {
    private static final String STALE = "stale-lease";

    private final CellState state;
    private final Leases leases;
    private final Reputations reputations;
    private final TaskLife life;
    private final Jobs jobs;

    Evidence(CellState state, Leases leases, Reputations reputations, TaskLife life, Jobs jobs) {
        this.state = state;
        this.leases = leases;
        this.reputations = reputations;
        this.life = life;
        this.jobs = jobs;
    }

    void committed(CommitmentReceived received, long timestampMillis) {
        if (!TaskCheck.isSha256(received.getCommitment())) {
            state.journal.refuse("out-of-range", "commitment is not 64 lower-case hex digits");
            return;
        }
        var task = held(received.getTaskId(), received.getNodeId(), received.getAttempt(), received.getLeaseEpoch());
        if (task == null) return;
        var lease = task.lease(received.getNodeId(), received.getLeaseEpoch());
        if (lease == null) return;
        if (lease.commitment.equals(received.getCommitment())) state.journal.ignore();
        else if (!task.needsQuorum() || lease.state != LeaseState.LEASED)
            state.journal.refuse(STALE, "no commitment is awaited of a lease that is " + lease.state);
        else if (task.leases.stream().anyMatch(other -> other.commitment.equals(received.getCommitment())))
            state.journal.refuse(
                    "copied-commitment", "another node of task " + task.id() + " made the same commitment before");
        else {
            lease.commitment = received.getCommitment();
            leases.move(lease, LeaseState.COMMITTED);
            progress(task, timestampMillis);
        }
    }

    void returned(ResultReceived received, long timestampMillis) {
        var result = read(received);
        if (result == null) return;
        var task = held(received.getTaskId(), received.getNodeId(), received.getAttempt(), received.getLeaseEpoch());
        if (task == null) return;
        var lease = task.lease(received.getNodeId(), received.getLeaseEpoch());
        if (lease == null) return;
        if (received.getResult().equals(lease.result)) state.journal.ignore();
        else if (!lease.state.holdsSlot())
            state.journal.refuse(STALE, "no result is awaited of a lease that is " + lease.state);
        else if (result.getOutcome() == Outcome.NODE_FAILED) nodeFailed(task, lease, received, result, timestampMillis);
        else if (lease.state != (task.needsQuorum() ? LeaseState.REVEALING : LeaseState.LEASED))
            state.journal.refuse(STALE, "the result came before it was asked for: the lease is " + lease.state);
        else {
            lease.result = received.getResult();
            leases.move(lease, LeaseState.RETURNED);
            if (task.result == null) task.result = summary(result, lease);
            progress(task, timestampMillis);
        }
    }

    private void nodeFailed(
            LiveTask task, Lease lease, ResultReceived received, TaskResult result, long timestampMillis) {
        lease.result = received.getResult();
        leases.move(lease, LeaseState.FAILED);
        blame(task, lease);
        var said = result.getReason() == null ? "without a reason" : Figures.cut(result.getReason());
        if (task.needsQuorum()) {
            task.history.add("attempt " + task.attempt + ": " + lease.nodeName + " could not run it: " + said);
            progress(task, timestampMillis);
        } else life.retry(task, lease.nodeName + " could not run it: " + said);
    }

    /// Ends the leases whose time is over.
    void expire(LiveTask task, long timestampMillis) {
        if (state.now >= task.deadline()) {
            life.fail(task, "its deadline passed while it ran");
            return;
        }
        var names = new StringBuilder();
        for (var lease : task.leases) {
            if (!lease.state.canExpire() || lease.expiresAt > state.now) continue;
            names.append(names.isEmpty() ? "" : ", ").append(lease.nodeName);
            leases.revoke(task, lease, LeaseState.EXPIRED, "the lease expired without a result");
            blame(task, lease);
        }
        if (names.isEmpty()) {
            state.changed(task);
        } else if (task.needsQuorum()) {
            task.history.add("attempt " + task.attempt + ": the lease of " + names + " expired");
            progress(task, timestampMillis);
        } else life.retry(task, "the lease of " + names + " expired without a result");
    }

    private void blame(LiveTask task, Lease lease) {
        reputations.failed(lease.nodeId);
        task.excluded.add(lease.nodeId);
    }

    /// What follows now that one of the attempt's leases has moved.
    private void progress(LiveTask task, long timestampMillis) {
        var left = task.openLeases();
        if (left < task.quorum()) {
            life.retry(
                    task,
                    left + " of " + task.replicas() + " replicas are left, " + task.quorum()
                            + " equal results are needed");
            return;
        }
        if (!task.any(LeaseState.LEASED)) {
            if (task.any(LeaseState.COMMITTED)) {
                for (var lease : task.leases) if (lease.state == LeaseState.COMMITTED) leases.reveal(task, lease);
            } else if (!task.any(LeaseState.REVEALING)) {
                jobs.complete(task, timestampMillis);
                return;
            }
        }
        state.showChanged(task);
    }

    /// The live task a node speaks of, if it holds this lease of it.
    private @Nullable LiveTask held(String taskId, String nodeId, int attempt, long leaseEpoch) {
        var task = state.task(taskId);
        if (task != null && task.attempt == attempt && task.lease(nodeId, leaseEpoch) != null) return task;
        if (task == null && state.remembered.get(taskId) == null)
            state.journal.refuse("unknown-task", "no task " + Figures.cut(taskId) + " in this cell");
        else
            state.journal.refuse(
                    STALE,
                    "node " + Figures.cut(nodeId) + " does not hold lease " + leaseEpoch + " of attempt " + attempt
                            + (task == null ? ": the task has ended" : ": the task is in attempt " + task.attempt));
        return null;
    }

    private @Nullable TaskResult read(ResultReceived received) {
        try {
            var result = SingleObject.decode(
                    TaskResult.class, Bytes.of(received.getResult().getPayload()));
            if (result.getTaskId().equals(received.getTaskId())
                    && result.getNodeId().equals(received.getNodeId())
                    && received.getResult().getSignerId().equals(received.getNodeId())
                    && result.getAttempt() == received.getAttempt()
                    && result.getLeaseEpoch() == received.getLeaseEpoch()
                    && result.getCell() == state.cell) return result;
            state.journal.refuse(
                    "wrong-key", "the signed result is not about the task, lease and cell that the command names");
        } catch (MalformedEventException malformed) {
            state.journal.refuse("undecodable", String.valueOf(malformed.getMessage()));
        }
        return null;
    }

    static ResultSummary summary(TaskResult result, Lease lease) {
        return new ResultSummary(
                result.getOutcome(),
                result.getExitCode(),
                result.getReason(),
                result.getValues(),
                result.getOutput(),
                result.getOutputSha256(),
                result.getOutputBytes(),
                result.getGasUsed(),
                result.getWallMicros(),
                result.getEnergyMicrojoules(),
                result.getTraceDigest(),
                ResultDigest.of(result),
                lease.nodeId,
                lease.nodeName);
    }
}
