package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;
import static org.ambientvcp.wasm.Modules.bytes;
import static org.ambientvcp.wasm.Modules.module;
import static org.ambientvcp.wasm.Modules.run;
import static org.ambientvcp.wasm.Modules.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.machine.Traps;
import org.ambientvcp.wasm.spec.Engines;
import org.junit.jupiter.api.Test;
import run.endive.wasm.Parser;

class SimdTest {
    private static final RunLimits MANY = new RunLimits(64, 1L << 32, 600_000, 1 << 20);

    @Test
    void aProgramCompiledWithVectorsPrintsWhatItPrintsWithout() {
        var plain = run(module("vectors"), program());
        var simd = run(module("vectors-simd"), program());

        assertThat(text(plain.output())).contains("16 ").contains("dot ");
        assertThat(text(simd.output())).isEqualTo(text(plain.output()));
        assertThat(simd.outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aStoreThatReachesBehindTheMemoryWritesNothing() {
        var code = ModuleLowering.lower(Parser.parse(bytes("simd")), false);
        var function = requireNonNull(module("simd").exportedFunction("store_low"));
        for (var address = 65_536 - 15; address < 65_536; address++) {
            var executor = Engines.executor(ExecutionMode.INTERPRETED, code);
            var instance = Engines.instance(code, executor, 1_000, 1);
            instance.start(List.of());
            instance.stack[0] = address;

            assertThatThrownBy(() -> instance.call(function.index()))
                    .isInstanceOfSatisfying(
                            RuntimeException.class, e -> assertThat(Traps.of(e)).isNotNull());

            assertThat(instance.memory).containsOnly(0);
        }
        assertThat(run("simd", "try", Value.i32(65_536 - 16)).values()).containsExactly(Value.i64(-1));
    }

    @Test
    void everyByteOutOfBoundsTraps() {
        for (var address : new int[] {65_536 - 15, 65_536 - 8, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -16})
            WasmEngineTest.assertTrap("out of bounds memory access", run("simd", "load", Value.i32(address)));
        for (var address : new int[] {65_536 - 19, Integer.MAX_VALUE - 4, Integer.MAX_VALUE, -1, -20, -4})
            WasmEngineTest.assertTrap("out of bounds memory access", run("simd", "store", Value.i32(address)));
        for (var address : new int[] {0, 8, Integer.MAX_VALUE, -8})
            WasmEngineTest.assertTrap("out of bounds memory access", run("simd", "store_far", Value.i32(address)));
    }

    @Test
    void vectorsGoThroughGlobalsBranchesAndCalls() {
        for (var rounds = 1; rounds < 6; rounds++) {
            var n = 1_000_003L * rounds;
            var values = run("simd", "mixed", Value.i32(rounds), Value.i64(n)).values();

            assertThat(values).containsExactly(Value.i64(mixed(rounds, n)));
        }
    }

    /// What `mixed` computes.
    private static long mixed(int rounds, long n) {
        long[] global = {1 + n, 2 + n};
        long[] vector = {n, n};
        for (var i = 1; i < rounds; i++) {
            vector = new long[] {-vector[0], -vector[1]};
            global = new long[] {global[0] * 3, global[1] * 5};
        }
        return (vector[0] - global[0] ^ vector[1] - global[1]) + 8;
    }

    @Test
    void aFunctionWithVectorsInItsTypeCannotBeCalledFromOutside() {
        assertThat(run("simd", "takes_vector").reason())
                .isEqualTo("function takes_vector has v128 in its type, which cannot be passed from outside:"
                        + " (v128) -> ()");
        assertThat(run("simd", "gives_vector").outcome()).isEqualTo(Outcome.INVALID_MODULE);
    }

    @Test
    void instructionsThatComputeOnLanesCostMore() {
        var moves = run("simd", "cost_move").gasUsed();

        assertThat(moves).isEqualTo(2 + 2);
        assertThat(run("simd", "cost_lanes").gasUsed()).isEqualTo(2 + 8 + 1);
    }

    @Test
    void aVectorCountsAsTwoParametersResultsAndLocals() {
        assertThat(WasmModule.compile(new ModuleWriter()
                        .section(
                                1,
                                ModuleWriter.concat(
                                        ModuleWriter.octets(1, 0x60, 65),
                                        ModuleWriter.repeat(0x7b, 65),
                                        ModuleWriter.octets(0)))
                        .toBytes()))
                .isInstanceOfSatisfying(
                        Compilation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("more than 128 parameters"));
    }

    private static Invocation program() {
        return new Invocation(new Entry.Program("1"), Bytes.EMPTY, MANY, Modules.NOON, Modules.SEED);
    }
}
