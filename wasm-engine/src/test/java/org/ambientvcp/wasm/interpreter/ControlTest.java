package org.ambientvcp.wasm.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Limits;
import org.ambientvcp.wasm.machine.Traps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Branches, blocks with values, calls and their depth.
class ControlTest {
    private static final TestModule MODULE = TestModule.of("control");

    @ParameterizedTest
    @CsvSource({"0, 1117", "1, 1107", "2, 1007", "3, 1107", "4, 1117", "5, 1117", "4294967295, 1117"})
    void branchTableDropsWhatIsBelowItsValue(long index, long result) {
        assertThat(MODULE.call("table", index).results()).containsExactly(result);
    }

    @Test
    void aBranchCarriesSeveralValues() {
        assertThat(MODULE.call("carry", 1).results()).containsExactly(3L, 4L);
        assertThat(MODULE.call("carry", 0).results()).containsExactly(1L, 2L);
    }

    @Test
    void aLoopTakesParameters() {
        assertThat(MODULE.call("sum", 1000).results()).containsExactly(500_500L);
    }

    @Test
    void conditionsChoose() {
        assertThat(MODULE.call("if", 5).results()).containsExactly(11L);
        assertThat(MODULE.call("if", 0).results()).containsExactly(22L);
        assertThat(MODULE.call("if without else", 1).results()).containsExactly(33L);
        assertThat(MODULE.call("if without else", 0).results()).containsExactly(0L);
        assertThat(MODULE.call("select", 1).results()).containsExactly(Double.doubleToLongBits(1.5));
        assertThat(MODULE.call("select", 0).results()).containsExactly(Double.doubleToLongBits(-2.5));
        assertThat(MODULE.call("if", 1L << 32).results()).as("low bits only").containsExactly(22L);
    }

    @Test
    void functionsReturnSeveralValues() {
        assertThat(MODULE.call("swap twice", 7, -9).results()).containsExactly(7L, -9L);
        assertThat(MODULE.call("return inside", 12).results()).containsExactly(12L);
    }

    @Test
    void functionsCallThemselvesAndEachOther() {
        assertThat(MODULE.call("fac", 20).results()).containsExactly(2_432_902_008_176_640_000L);
        assertThat(MODULE.call("even", 9_001).results()).containsExactly(0L);
        assertThat(MODULE.call("even", 9_000).results()).containsExactly(1L);
    }

    @Test
    void localsBeginAsZero() {
        assertThat(MODULE.call("fresh locals").results()).containsExactly(0L);
    }

    @Test
    void globalsKeepTheirValues() {
        assertThat(MODULE.call("count", 500).results()).containsExactly(1_000L);
    }

    @Test
    void callsGoAsDeepAsTheStackHasSlots() {
        var depth = MODULE.code().functions().stream()
                .filter(function -> function.locals().size() == 5)
                .mapToInt(FunctionCode::slots)
                .map(slots -> Limits.STACK_SLOTS / slots)
                .findFirst()
                .orElseThrow();

        var deepest = MODULE.call("depth", depth - 1);
        var deeper = MODULE.call("depth", depth);

        assertThat(depth).isGreaterThan(10_000);
        assertThat(deepest.results()).containsExactly(depth - 1L);
        assertThat(deeper.outcome()).isEqualTo(Outcome.LIMIT_EXCEEDED);
        assertThat(deeper.reason()).isEqualTo("call stack exhausted");
    }

    @Test
    void endlessRecursionEndsAtTheSamePlaceEveryTime() {
        var run = MODULE.call("forever", 0);
        var again = MODULE.call("forever", 0);

        assertThat(run.outcome()).isEqualTo(Outcome.LIMIT_EXCEEDED);
        assertThat(again.gasUsed()).isEqualTo(run.gasUsed());
        assertThat(again.path()).isEqualTo(run.path());
    }

    @Test
    void endlessLoopsAndRecursionRunOutOfGas() {
        assertThat(MODULE.call("loop forever").outcome()).isEqualTo(Outcome.OUT_OF_GAS);
        assertThat(MODULE.call(10_000, "forever", 0).outcome()).isEqualTo(Outcome.OUT_OF_GAS);
    }

    @Test
    void unreachableTraps() {
        assertThat(MODULE.call("unreachable").reason()).isEqualTo(Traps.UNREACHABLE);
    }
}
