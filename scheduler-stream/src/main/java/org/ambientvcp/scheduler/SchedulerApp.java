package org.ambientvcp.scheduler;

import java.util.List;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.ServiceProcess;

/// The scheduler as a process of its own; settings come from the environment.
public final class SchedulerApp {
    private static final List<Topic<?>> TOPICS = List.of(
            Topics.TASKS,
            Topics.COMMITMENTS,
            Topics.RESULTS,
            Topics.VERDICTS,
            Topics.LEDGER_COMMANDS,
            Topics.CELL_COMMANDS,
            Topics.CELL_SUMMARIES,
            Topics.ASSIGNMENTS,
            Topics.VERIFICATIONS,
            Topics.REPUTATION,
            Topics.NODE_CELLS,
            Topics.TASK_STATUS,
            Topics.LEDGER,
            Topics.BALANCES,
            Topics.DEAD_LETTERS);

    private SchedulerApp() {}

    public static void main(String[] arguments) {
        ServiceProcess.run(
                System.getenv(),
                TOPICS,
                (settings, connection) -> Scheduler.start(connection, SchedulerConfig.from(settings)));
    }
}
