package org.ambientvcp.scheduler.cell;

import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.scheduler.Refusal;

/// Everything one command causes, as data. Equal logs give equal effects, byte for byte.
///
/// @param assignments in the order they were decided
/// @param statuses at most one per task, by task id, then those of tasks that were not taken
/// @param verifications by the order they were decided
/// @param ledger settlements, slashes and tasks passed on, in the order they were decided
/// @param reputations at most one per node, by node id
/// @param refusals why the command was not used; empty = it was, or it was a repeated one
/// @param changes what to store, by store and key
/// @param commands for other cells, in the order they were decided
/// @param homes of nodes that left, in the order they did
/// @param ignored repeated or late commands that were passed over in silence: 0 or 1
public record Effects(
        List<Output<Assignment>> assignments,
        List<Output<TaskStatus>> statuses,
        List<Output<VerificationJob>> verifications,
        List<Output<LedgerCommand>> ledger,
        List<Output<Reputation>> reputations,
        List<Refusal> refusals,
        List<StoreChange> changes,
        int ignored,
        List<ToOtherCell> commands,
        List<Output<NodeHome>> homes) {

    /// Of a command that was already applied.
    static final Effects NONE = new Effects(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0, List.of(), List.of());

    public Effects {
        assignments = List.copyOf(assignments);
        statuses = List.copyOf(statuses);
        verifications = List.copyOf(verifications);
        ledger = List.copyOf(ledger);
        reputations = List.copyOf(reputations);
        refusals = List.copyOf(refusals);
        changes = List.copyOf(changes);
        commands = List.copyOf(commands);
        homes = List.copyOf(homes);
    }
}
