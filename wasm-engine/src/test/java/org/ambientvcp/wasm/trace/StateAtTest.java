package org.ambientvcp.wasm.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Objects;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Instance;
import org.junit.jupiter.api.Test;

class StateAtTest {
    private static final TracedRun WORK = TracedRun.of("steps", "work", 3);

    private static State after(TracedRun run, long steps) {
        return Objects.requireNonNull(StateAt.after(steps, run.module().stepped(), run));
    }

    @Test
    void everyStepHasAStateOfItsOwn() {
        var end = after(WORK, Long.MAX_VALUE);
        var digests = new HashSet<String>();

        for (var step = 0L; step <= end.steps(); step++) {
            var state = after(WORK, step);
            assertThat(state.steps()).isEqualTo(step);
            assertThat(state.hasEnded()).isEqualTo(step == end.steps());
            assertThat(digests.add(state.digest())).isTrue();
            assertThat(after(WORK, step)).isEqualTo(state);
        }

        assertThat(end.steps()).isEqualTo(92);
    }

    @Test
    void theStateBehindTheEndIsThatOfTheEnd() {
        var end = after(WORK, 92);

        assertThat(after(WORK, 93)).isEqualTo(end);
        assertThat(end.gasUsed()).isEqualTo(92 + 3 * 32);
    }

    @Test
    void theEndStateHoldsTheResults() {
        var one = TracedRun.of("control", "if", 5);
        var altered =
                StateAt.after(Long.MAX_VALUE, one.module().stepped(), one, new AtStep(2, (instance, base, top) -> {
                    instance.stack[base] = 0;
                }));

        assertThat(altered).isEqualTo(after(one, Long.MAX_VALUE));

        var results = TracedRun.of("control", "select", 1);
        var otherResults = TracedRun.of("control", "select", 0);
        assertThat(after(results, 99).digest())
                .isNotEqualTo(after(otherResults, 99).digest());
    }

    @Test
    void aTrapEndsARun() {
        var end = after(TracedRun.of("steps", "down", 2), 1_000);

        assertThat(end.hasEnded()).isTrue();
        assertThat(end.steps()).isEqualTo(3 + 2 * 7 + 1);
    }

    @Test
    void aRunOutsideTheModuleHasNoState() {
        var square = TracedRun.of("steps", "square", 2);

        assertThat(StateAt.after(0, square.module().stepped(), square)).isNull();
    }

    @Test
    void aRunThatTheNodeEndedHasNoState() {
        assertThatThrownBy(() -> StateAt.after(99, WORK.module().stepped(), executor -> {
                    WORK.with(executor);
                    return Outcome.DEADLINE;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DEADLINE");
        assertThatThrownBy(() -> after(WORK, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deepStacksHaveAState() {
        var deep = TracedRun.of("steps", "down", 9_000);

        var state = after(deep, 50_000);

        assertThat(state.hasEnded()).isFalse();
        assertThat(after(deep, 50_001).digest()).isNotEqualTo(state.digest());
    }

    @Test
    void everyPartOfTheStateIsInTheDigest() {
        var step = 30;
        var honest = after(WORK, step).digest();

        assertThat(altered(step, (instance, base, top) -> instance.memory[65_535] ^= 1))
                .isNotEqualTo(honest);
        assertThat(altered(step, (instance, base, top) -> instance.globals[0]++))
                .isNotEqualTo(honest);
        assertThat(altered(step, (instance, base, top) -> instance.path++)).isNotEqualTo(honest);
        assertThat(altered(step, (instance, base, top) -> instance.gas--)).isNotEqualTo(honest);
        assertThat(altered(
                        step,
                        (instance, base, top) -> instance.tableOperations().set(1, 1, 0)))
                .isNotEqualTo(honest);
        assertThat(altered(step, (instance, base, top) -> instance.stack[base]++))
                .isNotEqualTo(honest);
        assertThat(altered(step, (instance, base, top) -> instance.stack[top - 1]++))
                .isNotEqualTo(honest);
        assertThat(altered(step, (instance, base, top) -> instance.stack[top]++))
                .isEqualTo(honest);
    }

    private static String altered(long step, AtStep.Change change) {
        var state = StateAt.after(step, WORK.module().stepped(), WORK, new AtStep(step, change));
        return Objects.requireNonNull(state).digest();
    }

    @Test
    void theStackOfAnInstanceMayGrowMeanwhile() {
        var deep = TracedRun.of("steps", "down", 100);
        var seen = new HashSet<Instance>();

        var state = StateAt.after(
                700, deep.module().stepped(), deep, (instance, function, offset, base, top) -> seen.add(instance));

        assertThat(state).isEqualTo(after(deep, 700));
        assertThat(seen).hasSize(1);
    }
}
