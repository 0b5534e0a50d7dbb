package org.ambientvcp.benchmarks.wasm;

import java.util.concurrent.TimeUnit;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.WasmEngine;
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

/// How many milliseconds from the bytes of a module of about 100 kB that was never seen to its first result, in a
/// worker
/// that has run others before?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class ColdStartBenchmark {
    @Param({"AUTOMATIC", "COMPILED"})
    private ExecutionMode mode = ExecutionMode.AUTOMATIC;

    private final Report report = new Report();
    private WasmEngine engine = new WasmEngine(System::nanoTime);

    @Setup
    public void start() {
        engine = new WasmEngine(System::nanoTime, mode);
    }

    @Benchmark
    public Execution fromBytesToResult() {
        return report.compileAndRun(engine);
    }
}
