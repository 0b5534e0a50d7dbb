package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;
import static org.ambientvcp.wasm.Modules.ENGINE;
import static org.ambientvcp.wasm.Modules.bytes;
import static org.ambientvcp.wasm.Modules.call;
import static org.ambientvcp.wasm.Modules.module;
import static org.ambientvcp.wasm.Modules.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ambientvcp.wasm.trace.Bisection;
import org.junit.jupiter.api.Test;

class TracerTest {
    @Test
    void showsTheStepsThatLedToATrap() {
        var trace = tracer("calls").lastSteps(call("divide", Value.i32(1), Value.i32(0)), 2);

        assertThat(trace.lines())
                .containsExactly("1  divide  0x14b  local.get 1", "2  divide  0x14d  i32.div_s  (1, 0)");
        assertThat(trace.callStack()).containsExactly("divide  0x14d");
        assertThat(trace.steps()).isEqualTo(3);
        assertThat(trace.execution().reason()).isEqualTo("integer divide by zero");
    }

    @Test
    void aTracedRunIsTheRun() {
        assertThat(tracer("sha256").lastSteps(program("", "2"), 1).execution())
                .isEqualTo(ENGINE.run(module("sha256"), program("", "2")));
        assertThat(tracer("calls").lastSteps(call("sum", Value.i32(50)), 1).execution())
                .isEqualTo(ENGINE.run(module("calls"), call("sum", Value.i32(50))));
    }

    @Test
    void twoRunsThatPartCanBeNarrowedDownToOneStep() {
        var tracer = tracer("calls");
        var fifty = call("sum", Value.i32(50));
        var fiftyOne = call("sum", Value.i32(51));

        assertThat(Bisection.firstDifference(
                        step -> digest(tracer, step, fifty), step -> digest(tracer, step, fifty), 100))
                .isEmpty();
        assertThat(Bisection.firstDifference(
                        step -> digest(tracer, step, fifty), step -> digest(tracer, step, fiftyOne), 100))
                .hasValue(0); // the argument
    }

    @Test
    void aModuleThatCannotRunCannotBeTraced() {
        assertThatThrownBy(() -> new Tracer(new byte[3], System::nanoTime))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a WASM module: it begins with 00 00 00, not with 00 61 73 6d");
    }

    private static Tracer tracer(String name) {
        return new Tracer(bytes(name), System::nanoTime);
    }

    private static String digest(Tracer tracer, long step, Invocation invocation) {
        return requireNonNull(tracer.stateAfter(step, invocation)).digest();
    }
}
