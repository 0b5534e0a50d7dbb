package org.ambientvcp.wasm;

import static org.ambientvcp.wasm.ModuleWriter.concat;
import static org.ambientvcp.wasm.ModuleWriter.function;
import static org.ambientvcp.wasm.ModuleWriter.number;
import static org.ambientvcp.wasm.ModuleWriter.octets;
import static org.ambientvcp.wasm.ModuleWriter.repeat;
import static org.ambientvcp.wasm.Modules.ENGINE;
import static org.ambientvcp.wasm.Modules.call;
import static org.ambientvcp.wasm.Modules.module;
import static org.ambientvcp.wasm.Modules.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Limits;
import org.junit.jupiter.api.Test;

class HostileProgramTest {
    @Test
    void anInfiniteLoopEndsOutOfGas() {
        var execution = run("hostile", call(WasmEngineTest.gas(50_000_000), "spin"));

        assertThat(execution.outcome()).isEqualTo(Outcome.OUT_OF_GAS);
        assertThat(execution.gasUsed()).isEqualTo(50_000_000);
        assertThat(execution.instructions()).isEqualTo(50_000_000);
        assertThat(execution.checkpoints()).hasSize(2);
    }

    @Test
    void anInfiniteLoopEndsAtTheDeadline() {
        var clock = new AtomicLong();
        var engine = new WasmEngine(() -> clock.getAndAdd(1_000_000));

        var execution = engine.run(module("hostile"), call(new RunLimits(1, 1L << 40, 5, 0), "spin"));

        assertThat(execution.outcome()).isEqualTo(Outcome.DEADLINE);
        assertThat(execution.reason()).isEqualTo("not done within 5 ms");
        assertThat(execution.outcome().isDeterministic()).isFalse();
    }

    @Test
    void anInterruptEndsAnInfiniteLoopAndStaysSet() throws Exception {
        var outcome = new CompletableFuture<Execution>();
        var stillSet = new CompletableFuture<Boolean>();
        var thread = Thread.ofPlatform().start(() -> {
            var day = new RunLimits(1, 1L << 53, 86_400_000, 0);
            outcome.complete(ENGINE.run(module("hostile"), call(day, "spin")));
            stillSet.complete(Thread.currentThread().isInterrupted());
        });

        thread.interrupt();

        assertThat(outcome.get().outcome()).isEqualTo(Outcome.NODE_FAILED);
        assertThat(outcome.get().reason()).isEqualTo("the run was interrupted");
        assertThat(stillSet.get()).isTrue();
    }

    @Test
    void recursionEndsAtTheStackLimit() {
        for (var function : List.of("wide", "recurse")) {
            var arguments = function.equals("recurse") ? new Value[] {Value.i64(0)} : new Value[0];
            var execution = run("hostile", function, arguments);

            assertThat(execution.outcome()).isEqualTo(Outcome.LIMIT_EXCEEDED);
            assertThat(execution.reason()).isEqualTo("call stack exhausted");
        }
    }

    @Test
    void recursionMayGoUpToTheStackLimit() {
        var slots = FunctionCode.CALL_SLOTS + 1 + 3; // one parameter, three operands
        var deepest = Limits.STACK_SLOTS / slots;

        assertThat(run("hostile", "descend", Value.i32(deepest - 1)).values()).containsExactly(Value.i32(deepest - 1));
        assertThat(run("hostile", "descend", Value.i32(deepest)).outcome()).isEqualTo(Outcome.LIMIT_EXCEEDED);
    }

    @Test
    void memoryGrowsUpToItsLimitAndNoFurther() {
        var execution = run("hostile", "grow-until-refused");

        assertThat(execution.values()).containsExactly(Value.i32(64));
        assertThat(execution.peakMemoryPages()).isEqualTo(64);
        assertThat(run("hostile", "grow", Value.i32(-1)).values()).containsExactly(Value.i32(-1));
        assertThat(run("hostile", "grow", Value.i32(Integer.MAX_VALUE)).values())
                .containsExactly(Value.i32(-1));
    }

    @Test
    void growingCostsGasForTheWholeMemoryAndARefusalDoesNot() {
        assertThat(run("hostile", "grow", Value.i32(2)).gasUsed()).isEqualTo(2 + 3 * 1_024);
        assertThat(run("hostile", "grow", Value.i32(-1)).gasUsed()).isEqualTo(2);
    }

    @Test
    void anInitialMemoryOverTheLimitIsExceedingIt() {
        var module = module(new ModuleWriter()
                .section(1, 1, 0x60, 0, 0)
                .section(3, 1, 0)
                .section(5, 1, 0, 65)
                .section(7, 1, 1, 'f', 0, 0)
                .section(10, 1, 2, 0, 0x0b)
                .toBytes());

        var execution = ENGINE.run(module, call("f"));

        assertThat(execution.outcome()).isEqualTo(Outcome.LIMIT_EXCEEDED);
        assertThat(execution.reason()).isEqualTo("the module starts with 65 pages of memory, the limit is 64");
    }

    @Test
    void tablesAreBounded() {
        var huge = module(new ModuleWriter()
                .section(1, 1, 0x60, 0, 0)
                .section(3, 1, 0)
                .section(4, concat(octets(1, 0x70, 0), number(9_000_000)))
                .section(7, 1, 1, 'f', 0, 0)
                .section(10, 1, 2, 0, 0x0b)
                .toBytes());

        assertThat(run("hostile", "table-until-refused").values()).containsExactly(Value.i32(260_001));
        assertThat(ENGINE.run(huge, call("f")).outcome()).isEqualTo(Outcome.LIMIT_EXCEEDED);
    }

    @Test
    void aStormOfFillsIsChargedByTheByte() {
        var execution = run("hostile", call(WasmEngineTest.gas(10_000_000), "fill-storm"));

        assertThat(execution.outcome()).isEqualTo(Outcome.OUT_OF_GAS);
        assertThat(execution.instructions()).isLessThan(10_000_000 / 8_192 * 5 + 10);
        assertThat(run("hostile", call(WasmEngineTest.gas(10_000), "fill-all")).outcome())
                .isEqualTo(Outcome.OUT_OF_GAS);
    }

    @Test
    void outputIsBounded() {
        var limits = new RunLimits(1, 1_000_000, 60_000, 2_500);

        var execution = run("hostile", call(limits, "write-storm"));

        assertThat(execution.outcome()).isEqualTo(Outcome.LIMIT_EXCEEDED);
        assertThat(execution.reason()).isEqualTo("more than 2500 bytes of output");
        assertThat(execution.output().size()).isEqualTo(2_000);
    }

    @Test
    void outputFromOutsideTheMemoryTraps() {
        WasmEngineTest.assertTrap("out of bounds memory access", run("hostile", "write", Value.i32(-1), Value.i32(2)));
        WasmEngineTest.assertTrap("out of bounds memory access", run("hostile", "write", Value.i32(0), Value.i32(-1)));
    }

    @Test
    void aHugeBranchTableRuns() {
        var targets = 900_000;
        var body = concat(octets(0x41, 5, 0x0e), number(targets), repeat(0, targets + 1));

        var execution = run(module(function(body)), call("f"));

        assertThat(execution.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(execution.gasUsed()).isEqualTo(2);
    }
}
