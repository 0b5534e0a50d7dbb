package org.ambientvcp.wasm.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Traps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables and what is called through them. The first has add, the imported square, subtract, null, null.
class TableTest {
    private static final TestModule MODULE = TestModule.of("tables");

    @Test
    void callsThroughATable() {
        assertThat(MODULE.call("binary", 0, 30, 12).results()).containsExactly(42L);
        assertThat(MODULE.call("binary", 2, 30, 12).results()).containsExactly(18L);
    }

    @Test
    void callsAnImportDirectlyAndThroughATable() {
        assertThat(MODULE.call("direct", 9).results()).containsExactly(81L);
        assertThat(MODULE.call("unary", 1, 12).results()).containsExactly(144L);
    }

    @ParameterizedTest
    @CsvSource({
        "binary, 1, indirect call type mismatch",
        "binary, 3, uninitialized element",
        "binary, 5, undefined element",
        "binary, 4294967295, undefined element",
        "unary, 0, indirect call type mismatch"
    })
    void trapsOnWhatCannotBeCalled(String function, long index, String reason) {
        var run = MODULE.call(function, index, 1, 2);

        assertThat(run.outcome()).isEqualTo(Outcome.TRAPPED);
        assertThat(run.reason()).isEqualTo(reason);
    }

    @Test
    void readsAndWritesElements() {
        assertThat(MODULE.call("is null", 0).results()).containsExactly(0L);
        assertThat(MODULE.call("is null", 4).results()).containsExactly(1L);
        assertThat(MODULE.call("set", 3, 50, 8).results()).containsExactly(42L);
        assertThat(MODULE.call("is null", 5).reason()).isEqualTo(Traps.TABLE);
        assertThat(MODULE.call("set", 5, 1, 1).reason()).isEqualTo(Traps.TABLE);
    }

    @Test
    void growsUpToTheLimitOfTheModule() {
        assertThat(MODULE.call("size").results()).containsExactly(5L);
        assertThat(MODULE.call("grow", 3).results()).containsExactly(5L);
        assertThat(MODULE.call("grow", 4).results()).containsExactly(0xffff_ffffL);
        assertThat(MODULE.call("grow and call").results()).containsExactly(42L);
    }

    @ParameterizedTest
    @CsvSource({"fill, 3, 2, 0, 3", "copy, 1, 2, 1, 42", "init, 3, 0, 2, 42", "init, 4, 1, 1, 58"})
    void bulkInstructionsWriteElements(String function, long a, long b, long c, long result) {
        assertThat(MODULE.call(function, a, b, c).results()).containsExactly(result);
    }

    @ParameterizedTest
    @CsvSource({
        "fill, 4, 2, 0",
        "copy, 3, 0, 2",
        "copy, 0, 4, 2",
        "init, 0, 2, 2",
        "init, 4, 0, 2",
        "init after drop, 0, 0, 1"
    })
    void bulkInstructionsKeepTheirBounds(String function, long a, long b, long c) {
        var run = MODULE.call(function, a, b, c);

        assertThat(run.outcome()).isEqualTo(Outcome.TRAPPED);
        assertThat(run.reason()).isEqualTo(Traps.TABLE);
    }

    @Test
    void nothingOfADroppedSegmentMayBeWritten() {
        assertThat(MODULE.call("init after drop", 0, 0, 0).outcome()).isEqualTo(Outcome.COMPLETED);
    }
}
