package org.ambientvcp.benchmarks.wasm;

import java.util.concurrent.TimeUnit;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.RunLimits;
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

/// How many milliseconds longer does a run of about 2^30 gas take because it leaves checkpoints, that is hashes all of
/// its
/// memory at times?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class CheckpointBenchmark {
    /// Eleven instructions each.
    private static final int STEPS = 100_000_000;

    /// Pages of memory.
    @Param({"1", "32", "256"})
    private int pages = 1;

    private final WasmModule module = Modules.compile(Modules.TOUCH);
    private final WasmEngine engine = new WasmEngine(System::nanoTime, ExecutionMode.COMPILED);

    @Benchmark
    public Execution withoutCheckpoints() {
        return run(Runs.ENDLESS_GAS);
    }

    /// At the distance that the default gas limit sets.
    @Benchmark
    public Execution withCheckpoints() {
        var execution = run(RunLimits.DEFAULT.gas());
        if (execution.checkpoints().isEmpty()) throw new IllegalStateException("the run left no checkpoint");
        return execution;
    }

    private Execution run(long gas) {
        var invocation = Runs.call(gas, "touch", Value.i32(pages), Value.i32(STEPS));
        return Runs.completed(engine.run(module, invocation));
    }
}
