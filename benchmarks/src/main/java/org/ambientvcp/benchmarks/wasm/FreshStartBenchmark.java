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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many milliseconds from the bytes of a module of about 100 kB to its first result, if it is the first thing a JVM
/// does? Not counted: the start of the JVM itself.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 15,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class FreshStartBenchmark {
    @Param({"AUTOMATIC", "COMPILED"})
    private ExecutionMode mode = ExecutionMode.AUTOMATIC;

    private final Report report = new Report();

    @Benchmark
    public Execution fromBytesToResult() {
        return report.compileAndRun(new WasmEngine(System::nanoTime, mode));
    }
}
