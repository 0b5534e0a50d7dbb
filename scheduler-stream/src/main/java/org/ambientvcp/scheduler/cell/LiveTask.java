package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.FilteredNodes;
import org.ambientvcp.events.ResultSummary;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.VerdictSummary;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.jspecify.annotations.Nullable;

/// A task in a cell's memory: what its `CellTask` holds, in a form that can change.
final class LiveTask {
    final Task task;
    /// Offset of its offer; its place among the tasks of its tenant.
    final long queuedOffset;
    /// Log time of its offer.
    final long offeredAt;

    final List<Integer> passedBy;
    final TreeSet<String> excluded = new TreeSet<>();
    final List<Lease> leases = new ArrayList<>();
    TaskState state = TaskState.QUEUED;
    int attempt = 1;
    long queuedAt;
    long notBefore;
    int extraReplicas;
    long verifyBy;

    @Nullable
    VerificationJob job;

    /// How often the job was sent.
    int jobsSent;
    /// Whether it stands in the [TaskQueue]. Not stored: a queued task does once its back-off is over.
    boolean inQueue;

    @Nullable
    String reason;

    long updatedAt;

    @Nullable
    Long leasedAt;

    @Nullable
    Long resultAt;

    @Nullable
    Long finishedAt;

    List<FilteredNodes> waiting = List.of();
    final List<String> history = new ArrayList<>();

    @Nullable
    ResultSummary result;

    @Nullable
    VerdictSummary verdict;

    LiveTask(Task task, List<Integer> passedBy, long offset, long now) {
        this.task = task;
        this.passedBy = List.copyOf(passedBy);
        queuedOffset = offset;
        offeredAt = now;
        queuedAt = now;
        notBefore = now;
    }

    LiveTask(CellTask stored) {
        task = stored.getTask();
        passedBy = List.copyOf(stored.getPassedBy());
        queuedOffset = stored.getQueuedOffset();
        state = stored.getState();
        attempt = stored.getAttempt();
        queuedAt = stored.getQueuedAtEpochMillis();
        notBefore = stored.getNotBeforeEpochMillis();
        extraReplicas = stored.getExtraReplicas();
        for (var replica : stored.getReplicas()) leases.add(new Lease(replica));
        excluded.addAll(stored.getExcludedNodes());
        verifyBy = stored.getVerifyByEpochMillis();
        job = stored.getJob();
        jobsSent = stored.getJobsSent();
        var status = stored.getStatus();
        offeredAt = status.getSubmittedAtEpochMillis();
        reason = status.getReason();
        updatedAt = status.getUpdatedAtEpochMillis();
        leasedAt = status.getLeasedAtEpochMillis();
        resultAt = status.getResultAtEpochMillis();
        finishedAt = status.getFinishedAtEpochMillis();
        waiting = List.copyOf(status.getWaiting());
        history.addAll(status.getHistory());
        result = status.getResult();
        verdict = status.getVerdict();
    }

    String id() {
        return task.getTaskId();
    }

    String tenant() {
        return task.getTenant();
    }

    boolean needsQuorum() {
        return task.getVerification().getLevel() == VerificationLevel.QUORUM;
    }

    /// Nodes of distinct owners that an attempt needs at once.
    int replicas() {
        return needsQuorum() ? task.getVerification().getReplicas() + extraReplicas : 1;
    }

    /// Equal results an attempt needs: the task's, but always more than half.
    int quorum() {
        return needsQuorum() ? Math.max(task.getVerification().getQuorum(), replicas() / 2 + 1) : 1;
    }

    /// When a person asked the task to be over; [Long#MAX_VALUE] = never.
    long deadline() {
        return task.getDeadlineEpochMillis() == null ? Long.MAX_VALUE : task.getDeadlineEpochMillis();
    }

    @Nullable
    Lease lease(String nodeId, long epoch) {
        for (var lease : leases) if (lease.epoch == epoch && lease.nodeId.equals(nodeId)) return lease;
        return null;
    }

    long openLeases() {
        return leases.stream().filter(lease -> lease.state.isOpen()).count();
    }

    boolean any(LeaseState wanted) {
        return leases.stream().anyMatch(lease -> lease.state == wanted);
    }

    /// When something becomes due for this task by itself; [Long#MAX_VALUE] = never.
    long nextDue() {
        return switch (state) {
            case QUEUED -> Math.min(deadline(), inQueue ? Long.MAX_VALUE : notBefore);
            case LEASED -> {
                var due = deadline();
                for (var lease : leases) if (lease.state.canExpire()) due = Math.min(due, lease.expiresAt);
                yield due;
            }
            case VERIFYING -> verifyBy;
            case REJECTED, ACCEPTED, FAILED, CANCELLED -> Long.MAX_VALUE;
        };
    }

    CellTask record(int cell) {
        return new CellTask(
                task,
                state,
                attempt,
                queuedOffset,
                queuedAt,
                notBefore,
                extraReplicas,
                leases.stream().map(Lease::record).toList(),
                List.copyOf(excluded),
                passedBy,
                verifyBy,
                job,
                status(cell),
                jobsSent);
    }

    /// What a user sees of it now.
    TaskStatus status(int cell) {
        return new TaskStatus(
                id(),
                tenant(),
                state,
                reason,
                cell,
                attempt,
                task.getModuleSha256(),
                task.getVerification().getLevel(),
                task.getPriority(),
                task.getRewardMicros(),
                offeredAt,
                updatedAt,
                queuedAt,
                leasedAt,
                resultAt,
                finishedAt,
                state == TaskState.QUEUED ? waiting : Collections.emptyList(),
                leases.stream().map(Lease::status).toList(),
                List.copyOf(history),
                result,
                verdict);
    }
}
