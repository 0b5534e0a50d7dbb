package org.ambientvcp.scheduler.ledger;

import static org.ambientvcp.scheduler.Refusal.quote;

import java.util.List;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.scheduler.RejectedTask;
import org.ambientvcp.scheduler.ledger.Effects.Event;
import org.ambientvcp.schemas.TaskCheck;
import org.jspecify.annotations.Nullable;

/// Who may have a task run, and what it costs to ask. Pure functions.
final class Admission {
    private Admission() {}

    /// Holds the reward and looks for a cell; or says why not.
    static Effects admit(Task task, Books books, int defaultQuota, long at) {
        var owner = books.owner();
        var malformed = malformed(task);
        if (malformed != null) return Effects.refused(owner, "out-of-range", malformed);
        var digest = TaskDigest.of(task);
        var before = books.hold();
        if (before != null && !mayComeAgain(before, digest)) return known(task, digest, before, owner);
        var admissions = before == null ? 1 : before.getAdmissions() + 1;
        var reason = reasonToReject(task, owner, defaultQuota);
        if (reason != null)
            return new Effects(
                    Event.REJECTED,
                    owner,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    RejectedTask.status(task, reason, at),
                    List.of());
        var transfers = new Transfers(owner, at);
        transfers.move(
                task.getTenant() + "/" + task.getTaskId() + "/HOLD" + again(admissions),
                Accounts.tenant(task.getTenant()),
                Accounts.escrow(task.getTenant()),
                task.getRewardMicros(),
                TransferKind.HOLD,
                task.getTaskId(),
                0);
        transfers.count(owner.getTasksInFlight() + 1, Books.quota(owner, defaultQuota));
        return new Effects(
                Event.ADMITTED,
                transfers.owner(owner, owner.getTasksInFlight() + 1),
                new HeldReward(
                        task.getTenant(),
                        task.getTaskId(),
                        task.getRewardMicros(),
                        false,
                        at,
                        digest,
                        false,
                        admissions),
                null,
                transfers.entries(),
                transfers.balances(),
                transfers.credits(),
                new TaskOffer(task, List.of(), 0L),
                null,
                List.of());
    }

    /// Looks for the next cell; the reward stays held.
    static Effects passOn(TaskOffer offer, Books books) {
        var hold = books.hold();
        var task = offer.getTask();
        if (hold == null || hold.getSettled())
            return Effects.refused(
                    books.owner(),
                    "unknown-task",
                    "no reward is held for task " + quote(task.getTaskId()) + " of " + quote(task.getTenant()));
        return new Effects(
                Event.PASSED_ON, books.owner(), null, null, List.of(), List.of(), List.of(), offer, null, List.of());
    }

    /// Intake has checked all of a task; this much the books themselves stand on.
    private static @Nullable String malformed(Task task) {
        if (!TaskCheck.isTenant(task.getTenant())) return "tenant is not a tenant: " + quote(task.getTenant());
        if (!TaskCheck.isTaskId(task.getTaskId())) return "taskId is not a task id: " + quote(task.getTaskId());
        if (task.getRewardMicros() < 0 || task.getRewardMicros() > TaskCheck.MAX_REWARD_MICROS)
            return "rewardMicros is not 0–" + TaskCheck.MAX_REWARD_MICROS + ": " + task.getRewardMicros();
        return null;
    }

    /// A task that was refused for want of room was never begun: the same one may be sent again.
    private static boolean mayComeAgain(HeldReward before, String digest) {
        return before.getSettled()
                && before.getRejected()
                && before.getTaskDigest().equals(digest);
    }

    /// Transfers of a task that is admitted for the second time, or more often, have ids of their own.
    static String again(int admissions) {
        return admissions == 1 ? "" : "/" + admissions;
    }

    private static Effects known(Task task, String digest, HeldReward hold, OwnerState owner) {
        if (hold.getTaskDigest().equals(digest)) return Effects.nothing(Event.REPEATED, owner, List.of());
        return Effects.refused(
                owner,
                "conflicting-task",
                "task " + task.getTaskId() + " of " + task.getTenant() + " is known with digest " + hold.getTaskDigest()
                        + ", this one has " + digest);
    }

    private static @Nullable String reasonToReject(Task task, OwnerState owner, int defaultQuota) {
        var quota = Books.quota(owner, defaultQuota);
        if (owner.getTasksInFlight() >= quota)
            return "over quota: tenant " + task.getTenant() + " has " + owner.getTasksInFlight()
                    + " tasks in flight, its quota is " + quota;
        if (owner.getBalanceMicros() < task.getRewardMicros())
            return "the reward is " + task.getRewardMicros() + " micro-units, tenant " + task.getTenant() + " has "
                    + owner.getBalanceMicros();
        return null;
    }
}
