package org.ambientvcp.wasm.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BisectionTest {
    private static final TracedRun WORK = TracedRun.of("steps", "work", 5);
    private static final long STEPS = 152;

    private static String digest(TracedRun run, long steps) {
        return Objects.requireNonNull(StateAt.after(steps, run.module().stepped(), run))
                .digest();
    }

    /// Answers as one who changed the state before a step and went on honestly.
    private static LongFunction<String> cheater(long step, AtStep.Change change) {
        return asked -> Objects.requireNonNull(
                        StateAt.after(asked, WORK.module().stepped(), WORK, new AtStep(step, change)))
                .digest();
    }

    @Test
    void theRunIsAsLongAsTheTestsThink() {
        assertThat(Objects.requireNonNull(StateAt.after(999, WORK.module().stepped(), WORK))
                        .steps())
                .isEqualTo(STEPS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 31, 77, 78, 100, 150, 151})
    void findsTheStepAtWhichOneCellOfMemoryWasChanged(long step) {
        var cheater = cheater(step, (instance, base, top) -> instance.memory[40_000] ^= 4);

        assertThat(Bisection.firstDifference(steps -> digest(WORK, steps), cheater, STEPS))
                .hasValue(step);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 21, 31, 35, 129, 149})
    void findsTheStepAtWhichOneLocalWasChanged(long step) {
        var cheater = cheater(step, (instance, base, top) -> instance.stack[base] ^= 64);

        assertThat(Bisection.firstDifference(cheater, steps -> digest(WORK, steps), STEPS))
                .hasValue(step);
    }

    @Test
    void honestExecutorsDoNotDiffer() {
        assertThat(Bisection.firstDifference(steps -> digest(WORK, steps), steps -> digest(WORK, steps), STEPS))
                .isEmpty();
    }

    @Test
    void findsTheEndOfARunThatStoppedTooEarly() {
        var shorter = Bisection.firstDifference(
                steps -> digest(WORK, steps), steps -> digest(WORK, Math.min(steps, 90)), STEPS);

        assertThat(shorter).hasValue(91);
    }

    @Test
    void asksAboutAsOftenAsTheLogarithmOfTheSteps() {
        var random = new Random(7);
        for (var round = 0; round < 1_000; round++) {
            var steps = 1 + (random.nextLong() >>> (1 + random.nextInt(60)));
            var first = (long) (random.nextDouble() * steps);
            var asked = new AtomicInteger();
            LongFunction<String> honest = step -> {
                asked.incrementAndGet();
                return "honest";
            };

            var found = Bisection.firstDifference(honest, step -> step < first ? "honest" : "cheating", steps);

            assertThat(found).hasValue(first);
            assertThat(asked.get()).isLessThanOrEqualTo(2 + Long.SIZE - Long.numberOfLeadingZeros(steps));
        }
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> Bisection.firstDifference(step -> "", step -> "", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
