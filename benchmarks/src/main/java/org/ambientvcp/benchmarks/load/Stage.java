package org.ambientvcp.benchmarks.load;

import java.util.Locale;

/// What happens to a task, as seen from outside; latencies count from the time at which it was due to be sent.
enum Stage {
    /// The broker has acknowledged the task.
    SENT(1, "submit to acknowledged"),
    /// A node has its assignment and starts, committed or not.
    STARTED(2, "submit to start"),
    /// Its assignment is readable by a consumer of committed records.
    ASSIGNED(4, "submit to assignment, committed"),
    /// Its status ACCEPTED is readable by a consumer of committed records.
    ACCEPTED(8, "submit to accepted");

    private final int bit;
    private final String title;

    Stage(int bit, String title) {
        this.bit = bit;
        this.title = title;
    }

    /// A power of two, below 16.
    int bit() {
        return bit;
    }

    String title() {
        return title;
    }

    /// As files are named.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
