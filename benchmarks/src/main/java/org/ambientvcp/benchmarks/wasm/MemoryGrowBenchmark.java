package org.ambientvcp.benchmarks.wasm;

import java.util.concurrent.TimeUnit;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many milliseconds does a storm of `memory.grow` take, one page at a time? Each copies all there is, and its gas
/// says so: 1,024 for each page of the memory that comes out.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class MemoryGrowBenchmark {
    @Param({"64", "128", "256"})
    private int pages = 64;

    private final WasmModule module = Modules.compile(Modules.GROW);
    private final WasmEngine engine = new WasmEngine(System::nanoTime, ExecutionMode.COMPILED);

    @Benchmark
    public Execution grow() {
        var execution = engine.run(module, Runs.call(Runs.ENDLESS_GAS, "grow", Value.i32(pages - 1)));
        if (Runs.result(execution) != pages) throw new IllegalStateException("grew to " + execution.values());
        return execution;
    }
}
