package org.ambientvcp.wasm.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.Traps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What runs cost, and what is known of them when they end in the middle of a block.
class GasTest {
    private static final TestModule MODULE = TestModule.of("gas");

    @ParameterizedTest
    @CsvSource({
        "empty, 0, 0",
        "add, 1, 3",
        "free, 1, 2", // loop, local.get
        "either, 1, 3", // local.get, if, const
        "either, 0, 5",
        "loop, 1, 6",
        "loop, 10, 51", // the loop is entered once
        "locals, 0, 1", // 32 locals
        "call, 0, 2",
        "host, 5, 34", // two instructions and a host call
        "fill, 0, 4",
        "fill, 1, 5",
        "fill, 800, 104"
    })
    void costsWhatItShould(String function, long argument, long gas) {
        var run = MODULE.call(function, argument, argument);

        assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(run.gasUsed()).isEqualTo(gas);
    }

    @Test
    void aRunThatHasExactlyItsGasCompletes() {
        assertThat(MODULE.call(51, "loop", 10).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(MODULE.call(50, "loop", 10).outcome()).isEqualTo(Outcome.OUT_OF_GAS);
        assertThat(MODULE.call(34, "host", 10).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(MODULE.call(33, "host", 10).outcome()).isEqualTo(Outcome.OUT_OF_GAS);
    }

    @Test
    void whatCostsMoreThanIsLeftIsNotDone() {
        var run = MODULE.call(103, "fill", 800);

        assertThat(run.outcome()).isEqualTo(Outcome.OUT_OF_GAS);
        assertThat(run.instance().memory[0]).isZero();
    }

    @Test
    void thePathIsThatOfTheBlocks() {
        var straight = MODULE.call("add", 1, 2);
        var taken = MODULE.call("either", 1);
        var notTaken = MODULE.call("either", 0);

        assertThat(straight.path()).isNotEqualTo(Instance.PATH_START);
        assertThat(MODULE.call("add", 3, 4).path()).isEqualTo(straight.path());
        assertThat(taken.path()).isNotEqualTo(notTaken.path());
    }

    @Test
    void aTrapWithinABlockHasPaidTheWholeBlock() {
        var run = MODULE.call("trap in a block", -1);

        assertThat(run.reason()).isEqualTo(Traps.MEMORY);
        assertThat(run.gasUsed()).isEqualTo(6);
        assertThat(run.instance().globals[0]).isEqualTo(1);
        assertThat(run.path()).isEqualTo(MODULE.call("trap in a block", 0).path());
    }

    @Test
    void aTrapInACalleeKeepsTheCalleesGasAndPath() {
        var run = MODULE.call("trap in a callee", 5);
        var divided = MODULE.call("divide", 5, 0);

        assertThat(run.reason()).isEqualTo(Traps.DIVIDE_BY_ZERO);
        assertThat(divided.gasUsed()).isEqualTo(3);
        // loop, const, set, get, const, call, const, set
        assertThat(run.gasUsed()).isEqualTo(8 + 3);
        assertThat(run.instance().globals[0]).isEqualTo(3);
    }

    @Test
    void aTrapInABulkInstructionKeepsWhatItCharged() {
        assertThat(MODULE.call("fill too far").reason()).isEqualTo(Traps.MEMORY);
        assertThat(MODULE.call("fill too far").gasUsed()).isEqualTo(4 + 2);
    }

    @Test
    void aTrapAfterGrowthKeepsWhatItCharged() {
        var run = MODULE.call("trap after growth", -4);

        assertThat(run.reason()).isEqualTo(Traps.MEMORY);
        assertThat(run.gasUsed()).isEqualTo(5 + 2 * 1_024);
    }
}
