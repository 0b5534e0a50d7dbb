package org.ambientvcp.simulation.checks;

import java.util.Map;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellReplica;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.scheduler.cell.Effects;
import org.jspecify.annotations.Nullable;

/// Only what speaks of a lease that holds moves anything.
final class EvidenceCheck {
    private final Findings findings;

    EvidenceCheck(Findings findings) {
        this.findings = findings;
    }

    /// @param before tasks the command changed, as they were
    /// @param after all live tasks
    void check(
            CellCommand command,
            Effects effects,
            Map<String, CellTask> before,
            Map<String, CellTask> after,
            long now,
            String where) {
        before.forEach((id, task) -> {
            var then = after.get(id);
            if (then != null && then.getAttempt() == task.getAttempt()) {
                replicas(command, effects, task, then, now, where);
                moved(command, task, then, where);
            }
        });
        for (var output : effects.statuses())
            if (output.value().getState() == TaskState.ACCEPTED)
                accepted(
                        command,
                        before.get(output.value().getTaskId()),
                        output.value().getTaskId(),
                        where);
    }

    private void replicas(
            CellCommand command, Effects effects, CellTask before, CellTask after, long now, String where) {
        for (var replica : after.getReplicas()) {
            var was = replica(before, replica.getLeaseEpoch());
            if (was == null || was.getState().equals(replica.getState())) continue;
            var lease = before.getTask().getTaskId() + " lease " + replica.getLeaseEpoch();
            switch (replica.getState()) {
                case "RETURNED" -> {
                    // what became due with this very command may have asked for the result, and given it more time
                    var revealed = effects.assignments().stream()
                            .anyMatch(each -> each.value().getKind() == AssignmentKind.REVEAL
                                    && each.value().getLeaseEpoch() == replica.getLeaseEpoch());
                    stale(
                            command.getBody() instanceof ResultReceived result
                                    && names(result.getTaskId(), result.getAttempt(), before)
                                    && result.getLeaseEpoch() == replica.getLeaseEpoch()
                                    && result.getNodeId().equals(replica.getNodeId())
                                    && (revealed
                                            || ((was.getState().equals("LEASED")
                                                            || was.getState().equals("REVEALING"))
                                                    && was.getLeaseExpiresAtEpochMillis() > now)),
                            where,
                            lease + " returned although it was " + was + " at " + now);
                }
                case "COMMITTED" ->
                    stale(
                            command.getBody() instanceof CommitmentReceived promise
                                    && names(promise.getTaskId(), promise.getAttempt(), before)
                                    && promise.getLeaseEpoch() == replica.getLeaseEpoch()
                                    && promise.getNodeId().equals(replica.getNodeId())
                                    && was.getState().equals("LEASED")
                                    && was.getLeaseExpiresAtEpochMillis() > now,
                            where,
                            lease + " committed although it was " + was + " at " + now);
                case "EXPIRED" ->
                    stale(
                            was.getLeaseExpiresAtEpochMillis() <= now,
                            where,
                            lease + " expired at " + now + " although it was " + was);
                default -> {}
            }
        }
    }

    private void moved(CellCommand command, CellTask before, CellTask after, String where) {
        if (before.getState() == TaskState.VERIFYING)
            stale(
                    after.getState() == TaskState.VERIFYING,
                    where,
                    before.getTask().getTaskId() + " went from VERIFYING to " + after.getState() + " in one attempt by "
                            + command);
    }

    private void accepted(CellCommand command, @Nullable CellTask before, String taskId, String where) {
        stale(
                before != null
                        && before.getState() == TaskState.VERIFYING
                        && command.getBody() instanceof VerdictReceived received
                        && names(
                                received.getVerdict().getTaskId(),
                                received.getVerdict().getAttempt(),
                                before),
                where,
                taskId + " was accepted by another command than a verdict on its attempt");
    }

    private static boolean names(String taskId, int attempt, CellTask task) {
        return taskId.equals(task.getTask().getTaskId()) && attempt == task.getAttempt();
    }

    private static @Nullable CellReplica replica(CellTask task, long epoch) {
        for (var replica : task.getReplicas()) if (replica.getLeaseEpoch() == epoch) return replica;
        return null;
    }

    private void stale(boolean holds, String where, String what) {
        findings.require(holds, Law.NO_STALE_LEASE, where, () -> what);
    }
}
