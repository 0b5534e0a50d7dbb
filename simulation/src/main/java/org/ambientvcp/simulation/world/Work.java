package org.ambientvcp.simulation.world;

import java.util.TreeSet;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Signed;
import org.jspecify.annotations.Nullable;

/// A lease in a node's memory.
final class Work {
    enum State {
        WAITING,
        RUNNING,
        COMMITTED,
        ENDED
    }

    final Assignment assignment;
    final TreeSet<Long> offsets = new TreeSet<>();
    State state = State.WAITING;
    long expiresAt;
    boolean revealed;

    @Nullable
    Signed result;

    Work(Assignment assignment, long offset) {
        this.assignment = assignment;
        expiresAt = assignment.getLeaseExpiresAtEpochMillis();
        offsets.add(offset);
    }

    /// What names a lease.
    static String key(Assignment assignment) {
        return assignment.getTaskId() + "/" + assignment.getAttempt() + "/" + assignment.getLeaseEpoch();
    }
}
