package org.ambientvcp.scheduler.intake;

import static org.ambientvcp.scheduler.Refusal.quote;

import java.util.List;
import java.util.stream.Collectors;
import org.ambientvcp.events.AdmitTask;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.Task;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.RejectedTask;
import org.ambientvcp.scheduler.ledger.Accounts;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.schemas.TaskCheck.Problem;
import org.jspecify.annotations.Nullable;

/// Tasks: refused, rejected or sent to be admitted. Pure functions.
public final class TaskIntake {
    /// A hostile task can have tens of thousands of problems; a status names this many.
    static final int MAX_PROBLEMS = 30;

    private TaskIntake() {}

    /// @param key the record's key; null if it has none
    /// @param atEpochMillis the record's time
    public static Decision decide(@Nullable String key, Task task, long atEpochMillis) {
        if (!TaskCheck.isTaskId(task.getTaskId()))
            return refused("out-of-range", "taskId is not 1–128 of A–Z a–z 0–9 . _ -: " + quote(task.getTaskId()));
        if (!task.getTaskId().equals(key)) return refused("wrong-key", EvidenceIntake.wrongKey(key, task.getTaskId()));
        var problems = TaskCheck.problems(task);
        if (!problems.isEmpty())
            return new Decision.Rejected(RejectedTask.status(task, sentence(problems), atEpochMillis));
        return new Decision.Admit(
                Accounts.tenant(task.getTenant()), new LedgerCommand(new AdmitTask(task)), task.getTraceparent());
    }

    private static String sentence(List<Problem> problems) {
        var named = problems.stream().limit(MAX_PROBLEMS).map(Problem::toString).collect(Collectors.joining("; "));
        return problems.size() <= MAX_PROBLEMS ? named : named + "; and " + (problems.size() - MAX_PROBLEMS) + " more";
    }

    private static Decision refused(String code, String reason) {
        return new Decision.Refused(new Refusal(code, reason));
    }
}
