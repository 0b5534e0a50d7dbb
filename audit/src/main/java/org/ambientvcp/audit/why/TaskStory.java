package org.ambientvcp.audit.why;

import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.scheduler.cell.Judgement;
import org.jspecify.annotations.Nullable;

/// What became of a task and why, as its cells' logs give it.
///
/// @param taskId the task
/// @param steps commands that changed something for the task, by time
/// @param waiting how every node of its cell stands now; empty unless it waits and was asked for
/// @param last what a user saw last; null if no cell and no topic knows the task
public record TaskStory(
        String taskId,
        List<Step> steps,
        List<Judgement> waiting,
        @Nullable TaskStatus last) {
    public TaskStory {
        steps = List.copyOf(steps);
        waiting = List.copyOf(waiting);
    }

    /// One command that concerned the task.
    ///
    /// @param cell partition of the command
    /// @param offset offset of the command
    /// @param atEpochMillis its append time
    /// @param command what kind it was
    /// @param nodeId the node whose commitment or result it is; null = none
    /// @param leases leases granted, revealed and revoked, in order
    /// @param nodes how every node of the cell stood when the leases were granted; empty unless asked for
    /// @param job what went to the verifiers; null = nothing
    /// @param status what a user saw then; null = nothing new
    /// @param refusals why the command was not used
    public record Step(
            int cell,
            long offset,
            long atEpochMillis,
            String command,
            @Nullable String nodeId,
            List<Assignment> leases,
            List<Judgement> nodes,
            @Nullable VerificationJob job,
            @Nullable TaskStatus status,
            List<String> refusals) {
        public Step {
            leases = List.copyOf(leases);
            nodes = List.copyOf(nodes);
            refusals = List.copyOf(refusals);
        }
    }
}
