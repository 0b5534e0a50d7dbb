package org.ambientvcp.wasm;

import static org.ambientvcp.wasm.Modules.ENGINE;
import static org.ambientvcp.wasm.Modules.call;
import static org.ambientvcp.wasm.Modules.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WasmEngineTest {
    @Test
    void aFunctionReturnsItsResults() {
        var sum = run("calls", "add", Value.i32(2), Value.i32(-3));
        var swapped = run("calls", "swap", Value.i32(-1), Value.i64(Long.MIN_VALUE), Value.f32(1.5f), Value.f64(-2.25));

        assertThat(sum.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(sum.reason()).isNull();
        assertThat(sum.values()).containsExactly(Value.i32(-1));
        assertThat(swapped.values())
                .containsExactly(Value.f64(-2.25), Value.f32(1.5f), Value.i64(Long.MIN_VALUE), Value.i32(-1));
    }

    @Test
    void everyInstructionThatDoesSomethingCostsOneGas() {
        var add = run("calls", "add", Value.i32(2), Value.i32(3));
        var sum = run("calls", "sum", Value.i32(1_000));

        assertThat(add.gasUsed()).isEqualTo(3);
        assertThat(add.instructions()).isEqualTo(3);
        assertThat(sum.values()).containsExactly(Value.i32(500_500));
        assertThat(sum.gasUsed()).isEqualTo(1 + 1_000 * 12 + 3 + 1);
    }

    @Test
    void trapsHaveTheNamesOfTheSpecification() {
        assertTrap("unreachable", run("calls", "unreachable"));
        assertTrap("integer divide by zero", run("calls", "divide", Value.i32(1), Value.i32(0)));
        assertTrap("integer overflow", run("calls", "divide", Value.i32(Integer.MIN_VALUE), Value.i32(-1)));
        assertTrap("invalid conversion to integer", run("calls", "truncate", Value.f64(Double.NaN)));
        assertTrap("integer overflow", run("calls", "truncate", Value.f64(1e10)));
        assertTrap("out of bounds memory access", run("calls", "load", Value.i32(65_533)));
        assertTrap("out of bounds memory access", run("calls", "load", Value.i32(-1)));
        assertTrap("indirect call type mismatch", run("calls", "indirect", Value.i32(1)));
        assertTrap("uninitialized element", run("calls", "indirect", Value.i32(2)));
        assertTrap("undefined element", run("calls", "indirect", Value.i32(3)));
        assertTrap("out of bounds memory access", run("calls", "fill", Value.i32(65_537)));
    }

    @Test
    void aRunThatNeedsMoreGasThanItHasEndsOutOfGas() {
        var whole = run("calls", "sum", Value.i32(100));
        var enough = run("calls", call(gas(whole.gasUsed()), "sum", Value.i32(100)));

        assertThat(enough).isEqualTo(whole);
        for (var gas = 1L; gas < whole.gasUsed(); gas++) {
            var less = run("calls", call(gas(gas), "sum", Value.i32(100)));
            assertThat(less.outcome()).isEqualTo(Outcome.OUT_OF_GAS);
            assertThat(less.reason()).isEqualTo("the gas limit of " + gas + " is used up");
            assertThat(less.gasUsed()).isEqualTo(gas);
            assertThat(less.values()).isEmpty();
        }
    }

    @Test
    void aTrapThatWasNotPaidForIsOutOfGas() {
        var trap = run("calls", "divide", Value.i32(1), Value.i32(0));

        assertThat(trap.gasUsed()).isEqualTo(3);
        assertThat(run("calls", call(gas(2), "divide", Value.i32(1), Value.i32(0)))
                        .outcome())
                .isEqualTo(Outcome.OUT_OF_GAS);
    }

    @Test
    void bulkMemoryCostsGasByTheByte() {
        assertThat(run("calls", "fill", Value.i32(0)).gasUsed()).isEqualTo(4);
        assertThat(run("calls", "fill", Value.i32(1)).gasUsed()).isEqualTo(5);
        assertThat(run("calls", "fill", Value.i32(65_536)).gasUsed()).isEqualTo(4 + 8_192);
    }

    @Test
    void whatCannotBeCalledIsAnInvalidModule() {
        assertInvalid("the module exports no function missing", run("calls", "missing"));
        assertInvalid("the module exports no function memory", run("calls", "memory"));
        assertInvalid("function add takes (i32, i32), given is (i32)", run("calls", "add", Value.i32(1)));
        assertInvalid(
                "function add takes (i32, i32), given is (i32, i64)", run("calls", "add", Value.i32(1), Value.i64(1)));
        assertInvalid("function reference returns a reference: () -> funcref", run("calls", "reference"));
        assertInvalid("the module exports no function _start of type () -> ()", run("calls", Modules.program("")));
    }

    @Test
    void aRefusedModuleIsAnInvalidModule() {
        var compilation = WasmModule.compile(new byte[3]);

        var execution = ENGINE.run(compilation, call("f"));

        assertInvalid("not a WASM module: it begins with 00 00 00, not with 00 61 73 6d", execution);
        assertThat(execution.gasUsed()).isZero();
        assertThat(ENGINE.run(WasmModule.compile(new byte[3]), call("f"))).isEqualTo(execution);
    }

    @Test
    void aFailureOfTheNodeToReadAModuleIsTheNodes() {
        var failed = new Compilation.Failed("00".repeat(32), "the node ran out of heap");

        assertThat(ENGINE.run(failed, call("f")).outcome()).isEqualTo(Outcome.NODE_FAILED);
    }

    @Test
    void theStartFunctionAndInitializeRunFirst() {
        var execution = run("start", "nothing");

        assertThat(execution.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(Modules.text(execution.output())).isEqualTo("si");
    }

    @Test
    void anExecutionSaysHowMuchMemoryWasUsed() {
        assertThat(run("hostile", "grow", Value.i32(4)).peakMemoryPages()).isEqualTo(5);
        assertThat(run("calls", "unreachable").peakMemoryPages()).isEqualTo(1);
    }

    @Test
    void aRunReadsItsInputAndWritesItsOutput() {
        var input = Bytes.of("stressed".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var entry = new Entry.Call("reverse");

        var execution = run("echo", new Invocation(entry, input, Modules.LIMITS, Modules.NOON, Modules.SEED));

        assertThat(Modules.text(execution.output())).isEqualTo("desserts");
        assertThat(execution.values()).containsExactly(Value.i32(8));
    }

    @Test
    void readingBehindTheInputGivesNothingAndOutOfMemoryTraps() {
        assertThat(run("echo", "read", Value.i32(0), Value.i32(5), Value.i32(10))
                        .values())
                .containsExactly(Value.i32(0));
        assertThat(run("echo", "read", Value.i32(0), Value.i32(-1), Value.i32(-1))
                        .values())
                .containsExactly(Value.i32(0));
        var entry = new Entry.Call("read", Value.i32(65_534), Value.i32(0), Value.i32(10));
        var invocation = new Invocation(entry, Bytes.of(new byte[4]), Modules.LIMITS, Modules.NOON, Modules.SEED);
        assertTrap("out of bounds memory access", run("echo", invocation));
    }

    static RunLimits gas(long gas) {
        return new RunLimits(64, gas, 60_000, 1 << 20);
    }

    static void assertTrap(String reason, Execution execution) {
        assertThat(execution.outcome()).isEqualTo(Outcome.TRAPPED);
        assertThat(execution.reason()).isEqualTo(reason);
        assertThat(execution.values()).isEmpty();
    }

    static void assertInvalid(String reason, Execution execution) {
        assertThat(execution.outcome()).isEqualTo(Outcome.INVALID_MODULE);
        assertThat(execution.reason()).isEqualTo(reason);
    }
}
