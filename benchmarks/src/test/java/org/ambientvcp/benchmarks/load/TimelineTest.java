package org.ambientvcp.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.ambientvcp.benchmarks.load.Timeline.Moment;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final int RATE = 100;

    @Test
    void queueThatIsFullButSteadyIsBounded() {
        assertThat(of(second -> 500 + second % 3).grows(Moment::unassigned, RATE))
                .isFalse();
    }

    @Test
    void queueThatGetsLongerGrows() {
        var timeline = of(second -> 20L * second);

        assertThat(timeline.grows(Moment::unassigned, RATE)).isTrue();
        assertThat(timeline.most(Moment::unassigned)).isEqualTo(600);
    }

    @Test
    void aFewTasksMoreAreNoGrowth() {
        assertThat(of(second -> second < 15 ? 1 : 9).grows(Moment::unassigned, RATE))
                .isFalse();
    }

    @Test
    void nothingIsNoGrowth() {
        assertThat(new Timeline().grows(Moment::queued, RATE)).isFalse();
    }

    private static Timeline of(IntToLongFunction unassigned) {
        var timeline = new Timeline();
        for (int second = 1; second <= 30; second++)
            timeline.add(new Moment(second, unassigned.applyAsLong(second), 0, 0, 0));
        return timeline;
    }
}
