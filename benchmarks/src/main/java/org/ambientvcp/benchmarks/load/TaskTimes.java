package org.ambientvcp.benchmarks.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// When each task was due and how far it is. Thread-safe: one thread submits, others report.
///
/// A task's number is part of its id. What is reported a second time (a retry, a record read again) is not counted.
final class TaskTimes {
    private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int DIGITS = 3;
    private static final int FAILED_BIT = 16;

    private final String prefix;
    private final int firstMeasured;
    private final long[] dueNanos;
    private final AtomicIntegerArray reached;
    private final Map<Stage, Recorder> recorders = new EnumMap<>(Stage.class);
    private final Map<Stage, LongAdder> counts = new EnumMap<>(Stage.class);
    private final LongAdder failed = new LongAdder();
    private volatile int submitted;

    /// @param run distinguishes the tasks of this run from all others
    /// @param firstMeasured number of the first task whose latencies are recorded
    TaskTimes(String run, int tasks, int firstMeasured) {
        prefix = "load-" + run + "-";
        this.firstMeasured = firstMeasured;
        dueNanos = new long[tasks];
        reached = new AtomicIntegerArray(tasks);
        for (var stage : Stage.values()) {
            recorders.put(stage, new Recorder(LONGEST_NANOS, DIGITS));
            counts.put(stage, new LongAdder());
        }
    }

    /// The task with this number is due; its id.
    ///
    /// @param nanos by `System.nanoTime`
    String due(int number, long nanos) {
        dueNanos[number] = nanos;
        submitted = number + 1; // after the time: who reads the count sees it
        return prefix + number;
    }

    /// The task's number; -1 if it is not of this run.
    int number(String taskId) {
        if (!taskId.startsWith(prefix)) return -1;
        var number = Integer.parseInt(taskId, prefix.length(), taskId.length(), 10);
        return number < submitted ? number : -1;
    }

    /// A task has reached a stage now; false if it had before, or is not of this run.
    boolean reached(Stage stage, String taskId) {
        var number = number(taskId);
        var bit = stage.bit();
        if (number < 0 || (reached.getAndUpdate(number, bits -> bits | bit) & bit) != 0) return false;
        counter(stage).increment();
        if (number >= firstMeasured)
            recorder(stage).recordValue(Math.clamp(System.nanoTime() - dueNanos[number], 0, LONGEST_NANOS));
        return true;
    }

    /// A task has ended otherwise than accepted.
    void failed(String taskId) {
        var number = number(taskId);
        if (number >= 0 && (reached.getAndUpdate(number, bits -> bits | FAILED_BIT) & FAILED_BIT) == 0)
            failed.increment();
    }

    int submitted() {
        return submitted;
    }

    long failed() {
        return failed.sum();
    }

    long count(Stage stage) {
        return counter(stage).sum();
    }

    /// Latencies in nanoseconds that were recorded since the last call.
    Histogram interval(Stage stage) {
        return recorder(stage).getIntervalHistogram();
    }

    private Recorder recorder(Stage stage) {
        return requireNonNull(recorders.get(stage));
    }

    private LongAdder counter(Stage stage) {
        return requireNonNull(counts.get(stage));
    }
}
