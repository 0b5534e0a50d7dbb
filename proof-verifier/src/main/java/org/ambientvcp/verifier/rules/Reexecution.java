package org.ambientvcp.verifier.rules;

import org.ambientvcp.events.Task;
import org.ambientvcp.runner.TaskRun;

/// Runs a task again. NODE_FAILED is this verifier's failure.
@FunctionalInterface
public interface Reexecution {
    TaskRun run(Task task);
}
