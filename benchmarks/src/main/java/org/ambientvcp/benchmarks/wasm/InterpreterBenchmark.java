package org.ambientvcp.benchmarks.wasm;

import java.util.concurrent.TimeUnit;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many instructions a microsecond does the interpreter execute, gas and path included? See `instructions`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class InterpreterBenchmark {
    @Param({"sha256", "nbody", "fannkuch", "fib", "vm", "mix"})
    private String kernel = "fib";

    private final WasmEngine engine = new WasmEngine(System::nanoTime, ExecutionMode.INTERPRETED);
    private WasmModule module = Modules.compile(Modules.ADD);
    private Invocation invocation = Runs.call(1, "add");

    /// WASM instructions that were executed.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Executed {
        public long instructions;
    }

    @Setup
    public void load() {
        var chosen = Kernel.of(kernel);
        module = Modules.compile(kernel);
        invocation = Runs.call(Runs.ENDLESS_GAS, "run", Value.i32(chosen.timed().amount()));
    }

    @Benchmark
    public Execution run(Executed executed) {
        var execution = Runs.completed(engine.run(module, invocation));
        executed.instructions += execution.instructions();
        return execution;
    }
}
