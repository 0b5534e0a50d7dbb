package org.ambientvcp.benchmarks.wasm;

import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;

/// Our engine by its public face: every call is a run in a fresh instance, whose creation counts.
///
/// @param variant of the modules, behind the kernel's name; empty for the usual
/// @param mode how code is executed
/// @param gas limit of a run; decides how far checkpoints are apart
record Ambient(String title, String variant, ExecutionMode mode, long gas) implements Contender {
    private static final int MOST_INTERPRETED_CALLS = 3;

    Ambient(String title, ExecutionMode mode, long gas) {
        this(title, "", mode, gas);
    }

    @Override
    public String version() {
        return "%s, gas limit %,d, Java %s".formatted(mode, gas, Runtime.version());
    }

    @Override
    public Samples run(Kernel kernel, Effort effort) {
        var engine = new WasmEngine(System::nanoTime, mode);
        var module = Modules.compile(kernel.title() + variant);
        var work = effort.of(kernel);
        var invocation = Runs.call(gas, "run", Value.i32(work.amount()));
        var calls =
                mode == ExecutionMode.INTERPRETED ? Math.min(effort.calls(), MOST_INTERPRETED_CALLS) : effort.calls();
        var nanos = new long[calls];
        var warm = WasmEngine.cpuNanos() + effort.warmUp().toNanos();
        long instructions;
        do instructions = run(engine, module, invocation, work, kernel);
        while (WasmEngine.cpuNanos() < warm);
        for (var call = 0; call < calls; call++) {
            var start = WasmEngine.cpuNanos();
            run(engine, module, invocation, work, kernel);
            nanos[call] = WasmEngine.cpuNanos() - start;
        }
        return new Samples(nanos, instructions);
    }

    private long run(WasmEngine engine, WasmModule module, Invocation invocation, Kernel.Work work, Kernel kernel) {
        var execution = Runs.completed(engine.run(module, invocation));
        work.check(Runs.result(execution), title + " on " + kernel.title());
        return execution.instructions();
    }
}
