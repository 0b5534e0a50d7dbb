package org.ambientvcp.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TaskTimesTest {
    private final TaskTimes times = new TaskTimes("a1", 3, 1);

    @Test
    void latencyCountsFromTheDueTimeAndNotFromTheCall() {
        times.due(0, System.nanoTime());
        var late = times.due(1, System.nanoTime() - TimeUnit.SECONDS.toNanos(2));

        times.reached(Stage.ASSIGNED, late);

        assertThat(times.interval(Stage.ASSIGNED).getMinValue()).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void repeatsAndOtherRunsAreNotCounted() {
        var task = times.due(0, System.nanoTime());

        assertThat(times.reached(Stage.ACCEPTED, task)).isTrue();
        assertThat(times.reached(Stage.ACCEPTED, task)).isFalse();
        assertThat(times.reached(Stage.ACCEPTED, "load-b2-0")).isFalse();
        assertThat(times.reached(Stage.ACCEPTED, "load-a1-2")).as("not due yet").isFalse();
        assertThat(times.count(Stage.ACCEPTED)).isEqualTo(1);
        assertThat(times.count(Stage.STARTED)).isZero();
    }

    @Test
    void warmUpIsCountedButNotMeasured() {
        var warm = times.due(0, System.nanoTime());
        var measured = times.due(1, System.nanoTime());

        times.reached(Stage.STARTED, warm);
        times.reached(Stage.STARTED, measured);

        assertThat(times.count(Stage.STARTED)).isEqualTo(2);
        assertThat(times.interval(Stage.STARTED).getTotalCount()).isEqualTo(1);
    }

    @Test
    void failedTasksAreCountedOnce() {
        var task = times.due(0, System.nanoTime());

        times.failed(task);
        times.failed(task);

        assertThat(times.failed()).isEqualTo(1);
    }
}
