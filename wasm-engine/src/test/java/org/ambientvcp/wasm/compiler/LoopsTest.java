package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.ambientvcp.wasm.code.Op;
import org.junit.jupiter.api.Test;

class LoopsTest {
    private static final TestModule LOOPS = TestModule.read("loops");
    private static final int[] ENDS = {
        0, 1, 4, 7, 12, 40, 100, 400, 65_540, -1, -4, -100, Integer.MAX_VALUE, Integer.MAX_VALUE - 3, Integer.MIN_VALUE
    };
    private static final int[] STARTS = {
        0, 1, 3, 4, 36, 65_520, 65_536, -1, -4, -7, -400, Integer.MAX_VALUE, Integer.MAX_VALUE - 30, Integer.MIN_VALUE
    };

    /// Most of these never come to their end, so that it is the gas that ends them.
    @Test
    void loopsOfEveryFormGiveWhatTheInterpreterGives() {
        for (var function : LOOPS.exports().keySet())
            for (var start : STARTS) for (var end : ENDS) LOOPS.run(5_000, List.of(), function, start, end);
    }

    @Test
    void loopsEndAtTheSameBlockWhateverGasThereIs() {
        for (var function : LOOPS.exports().keySet()) {
            for (var gas = 0; gas < 400; gas++) {
                LOOPS.run(gas, List.of(), function, 4, 40);
                LOOPS.run(gas, List.of(), function, 40, 4);
                LOOPS.run(gas, List.of(), function, 65_500, 65_600);
            }
        }
    }

    /// A slice of gas is 2^15, so that there are many of them.
    @Test
    void loopsGoOnThroughManySlicesOfGas() {
        assertThat(LOOPS.run(1L << 40, List.of(), "until", 0, 400_000).results())
                .containsExactly(100_000L);
        assertThat(LOOPS.run(1L << 40, List.of(), "down_to_zero", 300_000, 0).results())
                .containsExactly(300_000L);
        assertThat(LOOPS.run(1L << 40, List.of(), "below_unsigned", 7, 400_000).results())
                .containsExactly(79_999L);
        assertThat(LOOPS.run(1L << 40, List.of(), "above", 400_000, -400_000).results())
                .containsExactly(266_667L);
        assertThat(LOOPS.run(1L << 40, List.of(), "choose", 0, 60_000).ending()).isEqualTo("completed");
        assertThat(LOOPS.run(1_000_000, List.of(), "forever", 0, 0).ending())
                .isEqualTo("the gas limit of 1000000 is used up");
    }

    @Test
    void aTrapInTheMiddleOfALoopKeepsTheRoundsBefore() {
        var run = LOOPS.run("store", 0, 65_540);

        assertThat(run.ending()).isEqualTo("out of bounds memory access");
        assertThat(run.gas()).isGreaterThan(65_536 / 4 * 12);
        assertThat(LOOPS.run("divide", 30, -1).ending()).isEqualTo("integer divide by zero");
    }

    @Test
    void theCompilerKnowsTheLoopsItCanCount() {
        assertThat(counters("until")).singleElement().matches(counter -> counter.stride() == 4);
        assertThat(counters("until_constant")).singleElement().matches(counter -> counter.stride() == 1);
        assertThat(counters("down_to_zero")).singleElement().matches(counter -> counter.limit() == -1);
        assertThat(counters("below_unsigned")).singleElement().matches(Counter::isUnsigned);
        assertThat(counters("above")).singleElement().matches(counter -> counter.stride() == -3);
        assertThat(counters("choose")).hasSize(1);
        assertThat(counters("continue")).hasSize(1);
        assertThat(counters("nested")).hasSize(1);
        assertThat(counters("carried")).hasSize(1);
        assertThat(counters("moving_end")).isEmpty();
        assertThat(counters("two_steps")).isEmpty();
        assertThat(counters("halve")).isEmpty();
        assertThat(counters("table")).isEmpty();
    }

    private static List<Counter> counters(String function) {
        return Loop.of(LOOPS.code(function)).values().stream()
                .map(Loop::counter)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    @Test
    void loopsWithCallsOrLoopsInThemAreLeftAsTheyAre() {
        var code = LOOPS.code("nested");

        var loop = Loop.of(code).values();

        assertThat(loop).singleElement().matches(inner -> code[inner.end()] == Op.JUMP_IF);
    }
}
