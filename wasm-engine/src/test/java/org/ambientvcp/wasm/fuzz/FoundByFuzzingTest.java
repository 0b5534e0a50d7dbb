package org.ambientvcp.wasm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Compilation;
import org.ambientvcp.wasm.Entry;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What random modules found, in its smallest form.
class FoundByFuzzingTest {
    @ParameterizedTest
    @EnumSource
    void aLocalThatIsAReferenceBeginsAsNull(ExecutionMode mode) {
        var function = run(mode, 1, 2, 0x70, 0x20, 1, 0xd1);
        var foreign = run(mode, 1, 2, 0x6f, 0x20, 0, 0xd1);

        assertThat(function.values()).containsExactly(Value.i32(1));
        assertThat(foreign.values()).containsExactly(Value.i32(1));
        assertThat(function.gasUsed()).isEqualTo(2 + 2);
    }

    /// Otherwise a loop of nothing but empty loops would run for hours between two looks at the clock.
    @ParameterizedTest
    @EnumSource
    void enteringALoopCostsGas(ExecutionMode mode) {
        var twice = run(mode, 0, 0x03, 0x40, 0x0b, 0x03, 0x40, 0x03, 0x40, 0x0b, 0x0b, 0x41, 0);

        assertThat(twice.gasUsed()).isEqualTo(3 + 1);
    }

    @Test
    void anIfWithoutElseThatChangesTypesIsRefused() {
        assertIsRefused(ifFrom(0x7f, 0x7e, 0x41, 5, 0x41, 0, 0x04, 1, 0x1a, 0x42, 7, 0x0b, 0x1a));
    }

    /// All of these are 32 bits wide for the engine.
    @Test
    void referencesAndNumbersAreDifferentTypesForAnIfWithoutElse() {
        assertIsRefused(ifFrom(0x7f, 0x70, 0x41, 5, 0x41, 0, 0x04, 1, 0x1a, 0xd0, 0x70, 0x0b, 0x1a));
        assertIsRefused(ifFrom(0x70, 0x7f, 0xd0, 0x70, 0x41, 0, 0x04, 1, 0xd1, 0x0b, 0x1a));
        assertIsRefused(ifFrom(0x70, 0x6f, 0xd0, 0x70, 0x41, 0, 0x04, 1, 0x1a, 0xd0, 0x6f, 0x0b, 0x1a));
    }

    @Test
    void anIfWithoutElseIsCheckedWhereItNeverRuns() {
        assertIsRefused(ifFrom(0x7f, 0x70, 0x00, 0x41, 5, 0x41, 0, 0x04, 1, 0x1a, 0xd0, 0x70, 0x0b, 0x1a));
    }

    @Test
    void anIfWithoutElseMayGiveWhatItTakes() {
        var module = ifFrom(0x7f, 0x7f, 0x41, 5, 0x41, 0, 0x04, 1, 0x0b, 0x1a, 0x41, 0, 0x04, 0x40, 0x0b);

        assertThat(WasmModule.compile(module)).isInstanceOf(Compilation.Compiled.class);
    }

    /// A function without parameters or results, and a type 1 with one of both.
    private static byte[] ifFrom(int taken, int given, int... instructions) {
        return module(
                new byte[] {2, 0x60, 0, 0, 0x60, 1, (byte) taken, 1, (byte) given},
                IntStream.concat(IntStream.of(0), IntStream.of(instructions)).toArray());
    }

    private static void assertIsRefused(byte[] module) {
        assertThat(((Compilation.Refused) WasmModule.compile(module)).reason())
                .isEqualTo("malformed: type mismatch: an if without else gives what it takes");
    }

    /// @param body of a function without parameters that gives an i32, with the declaration of its locals
    private static Execution run(ExecutionMode mode, int... body) {
        var module =
                ((Compilation.Compiled) WasmModule.compile(module(new byte[] {1, 0x60, 0, 1, 0x7f}, body))).module();
        var invocation = new Invocation(
                new Entry.Call("f"),
                Bytes.EMPTY,
                new RunLimits(1, 1_000, 60_000, 0),
                0,
                Bytes.of(new byte[Invocation.SEED_BYTES]));
        return new WasmEngine(System::nanoTime, mode).run(module, invocation);
    }

    /// @param types of which the first is the function's
    private static byte[] module(byte[] types, int... body) {
        return new Binary()
                .octets(0, 'a', 's', 'm', 1, 0, 0, 0)
                .section(1, section -> section.bytes(types))
                .section(3, section -> section.octets(1, 0))
                .section(7, section -> section.octets(1).name("f").octets(0, 0))
                .section(
                        10,
                        section -> section.octets(1)
                                .sized(new Binary().octets(body).octets(0x0b).toArray()))
                .toArray();
    }
}
