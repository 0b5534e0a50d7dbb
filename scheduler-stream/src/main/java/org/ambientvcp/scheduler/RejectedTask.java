package org.ambientvcp.scheduler;

import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;

/// What a user sees of a task that was refused before it reached a cell.
public final class RejectedTask {
    private static final int MAX_TENANT_CHARS = 63;
    private static final int MAX_HASH_CHARS = 64;
    private static final int MAX_REASON_CHARS = 4_000;

    private RejectedTask() {}

    /// The status REJECTED. Fields of a hostile task are cut to what a valid one may have.
    ///
    /// @param atEpochMillis log time
    public static TaskStatus status(Task task, String reason, long atEpochMillis) {
        return TaskStatus.newBuilder()
                .setTaskId(task.getTaskId())
                .setTenant(cut(task.getTenant(), MAX_TENANT_CHARS))
                .setState(TaskState.REJECTED)
                .setReason(cut(reason, MAX_REASON_CHARS))
                .setModuleSha256(cut(task.getModuleSha256(), MAX_HASH_CHARS))
                .setLevel(task.getVerification().getLevel())
                .setPriority(task.getPriority())
                .setRewardMicros(task.getRewardMicros())
                .setSubmittedAtEpochMillis(atEpochMillis)
                .setUpdatedAtEpochMillis(atEpochMillis)
                .setFinishedAtEpochMillis(atEpochMillis)
                .build();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
