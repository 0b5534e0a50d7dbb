package org.ambientvcp.wasm.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Traps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Loads, stores, growth and the bulk instructions. Loads and stores have offset 8, where the module has the bytes
/// 01 82 03 84 05 86 07 88.
class MemoryTest {
    private static final TestModule MODULE = TestModule.of("memory");
    private static final int PAGE = 65_536;

    @ParameterizedTest
    @CsvSource({
        "i32.load, 0, 84038201",
        "i32.load, 1, 5840382",
        "i64.load, 0, 8807860584038201",
        "f32.load, 0, 84038201",
        "f64.load, 0, 8807860584038201",
        "i32.load8_s, 1, ffffff82",
        "i32.load8_u, 1, 82",
        "i32.load16_s, 0, ffff8201",
        "i32.load16_u, 0, 8201",
        "i64.load8_s, 1, ffffffffffffff82",
        "i64.load8_u, 1, 82",
        "i64.load16_s, 0, ffffffffffff8201",
        "i64.load16_u, 0, 8201",
        "i64.load32_s, 0, ffffffff84038201",
        "i64.load32_u, 0, 84038201"
    })
    void loads(String instruction, long address, String hex) {
        assertThat(MODULE.call(instruction, address).results()).containsExactly(Long.parseUnsignedLong(hex, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "i32.store, 4",
        "i64.store, 8",
        "f32.store, 4",
        "f64.store, 8",
        "i32.store8, 1",
        "i32.store16, 2",
        "i64.store8, 1",
        "i64.store16, 2",
        "i64.store32, 4"
    })
    void storesLittleEndianAndNothingElse(String instruction, int width) {
        var run = MODULE.call(instruction, 92, 0x1122334455667788L);

        var memory = run.instance().memory;
        byte[] little = {(byte) 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11};
        assertThat(Arrays.copyOfRange(memory, 100, 100 + width)).isEqualTo(Arrays.copyOf(little, width));
        assertThat(memory[99]).isZero();
        assertThat(memory[100 + width]).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "i32.load, 4",
        "i64.load, 8",
        "f32.load, 4",
        "f64.load, 8",
        "i32.load8_s, 1",
        "i32.load8_u, 1",
        "i32.load16_s, 2",
        "i32.load16_u, 2",
        "i64.load8_s, 1",
        "i64.load8_u, 1",
        "i64.load16_s, 2",
        "i64.load16_u, 2",
        "i64.load32_s, 4",
        "i64.load32_u, 4",
        "i32.store, 4",
        "i64.store, 8",
        "f32.store, 4",
        "f64.store, 8",
        "i32.store8, 1",
        "i32.store16, 2",
        "i64.store8, 1",
        "i64.store16, 2",
        "i64.store32, 4"
    })
    void trapsAtTheEndOfTheMemory(String instruction, int width) {
        var last = PAGE - 8 - width;

        assertThat(MODULE.call(instruction, last, -1).outcome()).isEqualTo(Outcome.COMPLETED);
        for (var address : new long[] {last + 1, PAGE - 8, PAGE, 0x7fff_ffff, 0x8000_0000L, 0xffff_ffffL}) {
            var run = MODULE.call(instruction, address, -1);
            assertThat(run.outcome()).as("at %x", address).isEqualTo(Outcome.TRAPPED);
            assertThat(run.reason()).isEqualTo(Traps.MEMORY);
            assertThat(run.instance().memory[PAGE - 1]).as("untouched").isZero();
        }
    }

    @Test
    void anOffsetBehindAnyMemoryTraps() {
        assertThat(MODULE.call("far", 1).reason()).isEqualTo(Traps.MEMORY);
    }

    @Test
    void growsUpToTheLimitOfTheModule() {
        assertThat(MODULE.call("size").results()).containsExactly(1L);
        assertThat(MODULE.call("grow", 0).results()).containsExactly(1L);
        assertThat(MODULE.call("grow", 2).instance().pages()).isEqualTo(3);
        assertThat(MODULE.call("grow", 3).results()).containsExactly(0xffff_ffffL);
        assertThat(MODULE.call("grow", 0xffff_ffffL).results()).containsExactly(0xffff_ffffL);
    }

    @Test
    void codeGoesOnInTheMemoryThatHasGrown() {
        assertThat(MODULE.call("grow in a callee").results()).containsExactly(77L);
        assertThat(MODULE.call("grow twice").results()).containsExactly(1L + 2 + 5);
    }

    @Test
    void fillsCopiesAndInitialises() {
        var filled = MODULE.call("fill", 100, 0x1ab, 3).instance().memory;
        var copied = MODULE.call("copy", 9, 8, 4).instance().memory;
        var initialised = MODULE.call("init", 50, 2, 3).instance().memory;

        assertThat(Arrays.copyOfRange(filled, 99, 104)).containsExactly(0, 0xab, 0xab, 0xab, 0);
        assertThat(Arrays.copyOfRange(copied, 8, 14)).containsExactly(1, 1, 0x82, 3, 0x84, 0x86);
        assertThat(Arrays.copyOfRange(initialised, 49, 54)).containsExactly(0, 'c', 'd', 'e', 0);
    }

    @ParameterizedTest
    @CsvSource({
        "fill, 65536, 0, 0, COMPLETED",
        "fill, 65537, 0, 0, TRAPPED",
        "fill, 65535, 1, 2, TRAPPED",
        "fill, 4294967295, 1, 4294967295, OUT_OF_GAS",
        "copy, 65536, 65536, 0, COMPLETED",
        "copy, 0, 65535, 2, TRAPPED",
        "copy, 65535, 0, 2, TRAPPED",
        "init, 0, 8, 0, COMPLETED",
        "init, 0, 7, 2, TRAPPED",
        "init, 65535, 0, 2, TRAPPED",
        "init after drop, 0, 0, 0, COMPLETED",
        "init after drop, 0, 0, 1, TRAPPED"
    })
    void bulkInstructionsKeepTheirBounds(String function, long a, long b, long c, Outcome outcome) {
        var run = MODULE.call(function, a, b, c);

        assertThat(run.outcome()).isEqualTo(outcome);
        if (outcome == Outcome.TRAPPED) assertThat(run.reason()).isEqualTo(Traps.MEMORY);
        if (outcome != Outcome.COMPLETED)
            assertThat(run.instance().memory[PAGE - 1]).as("untouched").isZero();
    }
}
