package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ambientvcp.events.FinishedTask;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.scheduler.RejectedTask;
import org.ambientvcp.schemas.TaskCheck;

/// How a task comes, waits, is tried again and ends.
///
/// ```text
/// offer ─▶ QUEUED ─▶ LEASED ─▶ VERIFYING ─▶ ACCEPTED
///            ▲ └─────────┴──────────┤──────▶ FAILED, CANCELLED
///            └───── retry ──────────┘
/// ```
final class TaskLife {
    /// A task is passed on at most this often; then it waits where it is.
    static final int MOST_HOPS = 2;

    private static final int MOST_DOUBLINGS = 20;

    private final CellState state;
    private final Leases leases;
    /// Tasks that entered the queue in this command: their users are told why they wait.
    private final List<LiveTask> arrived = new ArrayList<>();

    TaskLife(CellState state, Leases leases) {
        this.state = state;
        this.leases = leases;
    }

    void offer(TaskOffer offer) {
        var task = offer.getTask();
        var live = state.task(task.getTaskId());
        var finished = state.remembered.get(task.getTaskId());
        if (finished != null
                && finished.getState() == TaskState.REJECTED
                && finished.getTenant().equals(task.getTenant())) {
            state.remembered.forget(finished); // it was refused for want of room and may try again
            finished = null;
        }
        var knownTenant = live != null ? live.tenant() : finished != null ? finished.getTenant() : null;
        if (knownTenant != null) {
            if (knownTenant.equals(task.getTenant())) state.journal.ignore();
            else refuseTakenId(offer);
            return;
        }
        var problems = TaskCheck.problems(task);
        if (!problems.isEmpty()) {
            state.journal.refuse(
                    "out-of-range",
                    problems.stream().map(TaskCheck.Problem::toString).collect(Collectors.joining("; ")));
            return;
        }
        admit(new LiveTask(task, offer.getPassedBy(), state.lastOffset, state.now), offer);
    }

    private void admit(LiveTask task, TaskOffer offer) {
        var mayPass =
                state.config.getCells() > 1 && task.passedBy.size() < MOST_HOPS && !task.passedBy.contains(state.cell);
        var full = state.queued() >= state.config.getMaxQueuedTasks();
        var crowded = state.queue.isOneKindTooMany(task);
        if (mayPass && (full || crowded || !state.population.couldServe(Requirement.of(task)))) {
            passOn(offer);
            return;
        }
        state.add(task);
        if (state.now >= task.deadline()) fail(task, "its deadline had passed when it reached the cell");
        else if (full) reject(task, "queue full: " + Figures.grouped(state.queued() - 1L) + " tasks wait in this cell");
        else if (crowded)
            fail(
                    task,
                    "too many kinds: the tenant's tasks that wait in this cell already ask for nodes in "
                            + TaskQueue.MOST_KINDS + " different ways");
        else enqueue(task);
    }

    /// The same id of another tenant: records about a task name it by its id only. Its owner sees why, the reward goes
    /// back.
    private void refuseTakenId(TaskOffer offer) {
        var task = offer.getTask();
        var why = "task " + task.getTaskId() + " is another tenant's";
        state.journal.refuse("task-id-taken", why);
        var status = TaskStatus.newBuilder(RejectedTask.status(task, why, state.now))
                .setCell(state.cell)
                .build();
        state.journal.rejected(status, task.getTraceparent());
        state.journal.ledger(
                "tenant:" + task.getTenant(),
                new SettleTask(task.getTenant(), task.getTaskId(), 0, List.of(), false),
                task.getTraceparent());
    }

    private void passOn(TaskOffer offer) {
        var passedBy = new ArrayList<>(offer.getPassedBy());
        passedBy.add(state.cell);
        state.journal.ledger(
                "tenant:" + offer.getTask().getTenant(),
                new PassOn(new TaskOffer(offer.getTask(), passedBy, offer.getSummaryVersion())),
                offer.getTask().getTraceparent());
    }

    private void enqueue(LiveTask task) {
        state.queue.add(task);
        arrived.add(task);
        state.showChanged(task);
    }

    /// Takes the tasks that entered the queue since the last call and still wait.
    List<LiveTask> takeArrived() {
        var waiting = arrived.stream().filter(task -> task.inQueue).toList();
        arrived.clear();
        return waiting;
    }

    /// A queued task's back-off or deadline has come.
    void queuedDue(LiveTask task) {
        if (state.now >= task.deadline()) fail(task, "its deadline passed while it waited");
        else if (!task.inQueue && state.now >= task.notBefore) enqueue(task);
        else state.changed(task);
    }

    void cancel(TaskCancel cancel) {
        var task = state.task(cancel.getTaskId());
        if (task == null) {
            if (state.remembered.get(cancel.getTaskId()) != null) state.journal.ignore();
            else state.journal.refuse("unknown-task", "no task " + Figures.cut(cancel.getTaskId()) + " in this cell");
            return;
        }
        if (!task.tenant().equals(cancel.getTenant())) {
            state.journal.refuse(
                    "wrong-tenant", "task " + task.id() + " is not of tenant " + Figures.cut(cancel.getTenant()));
            return;
        }
        if (task.state == TaskState.VERIFYING) {
            state.journal.refuse(
                    "too-late", "task " + task.id() + " has its result already; whoever ran it is paid if it is right");
            return;
        }
        finish(
                task,
                TaskState.CANCELLED,
                "cancelled by " + Figures.cut(cancel.getRequestedBy()) + ": " + Figures.cut(cancel.getReason()),
                List.of());
    }

    /// The attempt has come to nothing: another one, or the end.
    ///
    /// @param why what happened, without a full stop
    void retry(LiveTask task, String why) {
        task.history.add("attempt " + task.attempt + ": " + why);
        if (state.now >= task.deadline()) fail(task, "its deadline passed; attempt " + task.attempt + ": " + why);
        else if (task.attempt >= task.task.getMaxAttempts())
            fail(task, "given up after " + task.attempt + (task.attempt == 1 ? " attempt: " : " attempts: ") + why);
        else again(task, why);
    }

    /// The attempt is ended by an operator's order: another one, however many there were.
    void requeue(LiveTask task, String why) {
        task.history.add("attempt " + task.attempt + ": " + why);
        if (state.now >= task.deadline()) fail(task, "its deadline passed; attempt " + task.attempt + ": " + why);
        else again(task, why);
    }

    private void again(LiveTask task, String why) {
        leases.drop(task, why);
        task.leases.clear();
        task.job = null;
        task.verifyBy = 0;
        task.result = null;
        task.verdict = null;
        task.leasedAt = null;
        task.resultAt = null;
        var backoff = backoffMillis(task.attempt);
        task.attempt++;
        task.queuedAt = state.now;
        task.notBefore = state.after(backoff);
        state.move(task, TaskState.QUEUED);
        task.reason = "attempt " + task.attempt + " starts in " + backoff + " ms; " + why;
        if (backoff == 0) enqueue(task);
        else state.showChanged(task);
    }

    /// Doubles with every attempt, up to the cell's maximum.
    private long backoffMillis(int attempt) {
        var doubled = (long) state.config.getRetryBackoffMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        return Math.min(doubled, state.config.getRetryBackoffMaxMillis());
    }

    void fail(LiveTask task, String reason) {
        finish(task, TaskState.FAILED, reason, List.of());
    }

    /// There is no room for the task; it may be offered again under its id.
    private void reject(LiveTask task, String reason) {
        finish(task, TaskState.REJECTED, reason, List.of());
    }

    /// Ends a task. It leaves the live tasks here and nowhere else, so it is settled exactly once.
    void finish(LiveTask task, TaskState last, String reason, List<Payment> payments) {
        leases.drop(task, reason);
        task.finishedAt = state.now;
        task.reason = reason;
        task.job = null;
        state.journal.ledger(
                "tenant:" + task.tenant(),
                new SettleTask(task.tenant(), task.id(), task.attempt, payments, last == TaskState.REJECTED),
                task.task.getTraceparent());
        state.remove(task, last);
        state.remembered.add(new FinishedTask(task.id(), task.tenant(), last, state.now, state.lastOffset));
    }
}
