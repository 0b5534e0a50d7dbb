package org.ambientvcp.worker;

import org.ambientvcp.events.Assignment;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.runner.TaskRunner;

/// Does the work of an assignment. Called by many threads at once; an interrupt of the calling thread must
/// end the run soon.
@FunctionalInterface
public interface Runner {
    /// Runs the task of an EXECUTE assignment; what is this node's fault is NODE_FAILED, not an exception.
    TaskRun run(Assignment assignment);

    /// The real one: the sandbox.
    static Runner sandbox(TaskRunner runner) {
        return assignment -> runner.run(assignment.getTask());
    }
}
