package org.ambientvcp.scheduler.intake;

import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.scheduler.Refusal;
import org.jspecify.annotations.Nullable;

/// What intake makes of one record.
public sealed interface Decision {
    /// A good task asks the ledger to be admitted.
    ///
    /// @param owner key of the command: the tenant's account
    /// @param traceparent trace context the task carries, if it does
    record Admit(
            String owner, LedgerCommand command, @Nullable String traceparent) implements Decision {}

    /// Well-signed evidence goes to the cell it names.
    record Forward(int cell, String taskId, CellCommand command) implements Decision {}

    /// A bad task whose id can still be used: its owner sees why.
    record Rejected(TaskStatus status) implements Decision {}

    /// Everything else becomes a dead letter.
    record Refused(Refusal refusal) implements Decision {}
}
