package org.ambientvcp.benchmarks.wasm;

import java.util.concurrent.TimeUnit;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many nanoseconds does compiled code pay for a call of a host function, beside one of its own?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(HostCallBenchmark.CALLS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class HostCallBenchmark {
    static final int CALLS = 1_000_000;

    private final WasmModule module = Modules.compile(Modules.HOST);
    private final WasmEngine engine = new WasmEngine(System::nanoTime, ExecutionMode.COMPILED);

    /// A function of the module; HotSpot may inline it.
    @Benchmark
    public int own() {
        return run("own", Value.i32(CALLS));
    }

    @Benchmark
    public int inputSize() {
        return run("sizes", Value.i32(CALLS));
    }

    /// Of no input, so that nothing is copied.
    @Benchmark
    public int inputRead() {
        return run("reads", Value.i32(CALLS), Value.i32(8));
    }

    private int run(String function, Value... arguments) {
        return Runs.result(engine.run(module, Runs.call(Runs.ENDLESS_GAS, function, arguments)));
    }
}
