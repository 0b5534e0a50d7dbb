package org.ambientvcp.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ambientvcp.events.Outcome;

/// What a node's runs say of its state. Thread-safe.
final class NodeLoad {
    private final AtomicInteger busySlots = new AtomicInteger();
    private final AtomicInteger consecutiveErrors = new AtomicInteger();
    private final AtomicLong tasksMicrojoules = new AtomicLong();

    void started() {
        busySlots.incrementAndGet();
    }

    void ended() {
        busySlots.decrementAndGet();
    }

    /// A run that was not cut short gave this. What a program does wrong is no error of the node.
    void gave(Outcome outcome) {
        if (outcome == Outcome.NODE_FAILED) consecutiveErrors.incrementAndGet();
        else consecutiveErrors.set(0);
    }

    void used(long microjoules) {
        tasksMicrojoules.addAndGet(microjoules);
    }

    int busySlots() {
        return busySlots.get();
    }

    /// Failures of the node's own runs in a row.
    int consecutiveErrors() {
        return consecutiveErrors.get();
    }

    /// Energy of all runs of this process.
    long tasksMicrojoules() {
        return tasksMicrojoules.get();
    }
}
