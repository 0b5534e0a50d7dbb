package org.ambientvcp.gateway.rest;

import java.util.List;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.gateway.view.TaskStatuses;
import org.ambientvcp.gateway.view.Views;

/// Refuses a task that could only be rejected later, before it is written anywhere: 429 and when to ask again.
///
/// What it looks at is a moment old, so it lets some pass that are too many; the ledger (quota) and the cells (queue)
/// decide, and reject those. A task that is known already is let through: sending it again is a question, not work.
final class BackPressure {
    private static final int LONGEST_PAUSE_SECONDS = 60;
    /// Whoever was refused may come back when this share of the queue has gone.
    private static final double SHARE = 0.05;

    private final Views views;

    BackPressure(Views views) {
        this.views = views;
    }

    /// @throws Problem OVER_QUOTA or QUEUE_FULL, with Retry-After
    void requireRoom(String taskId, String tenant) {
        if (isKnown(views.tasks(), taskId, tenant)) return;
        requireQuota(tenant);
        requireQueue();
    }

    private static boolean isKnown(TaskStatuses tasks, String taskId, String tenant) {
        return tasks.find(taskId, tenant)
                .filter(status -> status.getState() != TaskState.REJECTED)
                .isPresent();
    }

    private void requireQuota(String tenant) {
        var escrow = views.balances().get("escrow:" + tenant);
        if (escrow == null || escrow.getTasksInFlight() == null || escrow.getMaxTasksInFlight() == null) return;
        if (escrow.getTasksInFlight() >= escrow.getMaxTasksInFlight())
            throw later(
                    ProblemType.OVER_QUOTA,
                    "over quota: tenant " + tenant + " has " + escrow.getTasksInFlight()
                            + " tasks in flight, its quota is " + escrow.getMaxTasksInFlight(),
                    1);
    }

    private void requireQueue() {
        var cells = views.cells().values().stream()
                .filter(cell -> cell.getLiveNodes() > 0)
                .toList();
        if (cells.isEmpty()) cells = List.copyOf(views.cells().values());
        if (cells.isEmpty() || !cells.stream().allMatch(BackPressure::isFull)) return;
        var queued = cells.stream().mapToLong(CellSummary::getQueuedTasks).sum();
        throw later(
                ProblemType.QUEUE_FULL,
                "queue full: " + queued + " tasks wait in " + cells.size() + (cells.size() == 1 ? " cell" : " cells"),
                pauseSeconds(queued, views.finished().getOneMinuteRate()));
    }

    private static boolean isFull(CellSummary cell) {
        return cell.getMaxQueuedTasks() > 0 && cell.getQueuedTasks() >= cell.getMaxQueuedTasks();
    }

    /// @param perSecond tasks that ended lately
    static int pauseSeconds(long queued, double perSecond) {
        return (int) Math.clamp(Math.ceil(queued * SHARE / Math.max(perSecond, 1)), 1, LONGEST_PAUSE_SECONDS);
    }

    private static Problem later(ProblemType type, String detail, int seconds) {
        return new Problem(type, detail).header("Retry-After", Integer.toString(seconds));
    }
}
