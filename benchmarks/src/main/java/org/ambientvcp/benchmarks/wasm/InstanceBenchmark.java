package org.ambientvcp.benchmarks.wasm;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.compiler.CompiledModule;
import org.ambientvcp.wasm.machine.Checkpoints;
import org.ambientvcp.wasm.machine.Deadline;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.GasMeter;
import org.ambientvcp.wasm.machine.Instance;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import run.endive.wasm.Parser;

/// How many microseconds does a run take that does next to nothing: a fresh instance with one page of memory, and one
/// call that adds two numbers?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
public class InstanceBenchmark {
    private static final RunLimits LIMITS = RunLimits.DEFAULT;

    private final WasmModule module = Modules.compile(Modules.ADD);
    private final WasmEngine compiling = new WasmEngine(System::nanoTime, ExecutionMode.COMPILED);
    private final WasmEngine interpreting = new WasmEngine(System::nanoTime, ExecutionMode.INTERPRETED);
    private final Invocation invocation = Runs.call(LIMITS.gas(), "add", Value.i32(2), Value.i32(3));

    private final ModuleCode code = ModuleLowering.lower(Parser.parse(Modules.read(Modules.ADD)), false);
    private final Executor compiled = new CompiledModule(code);

    /// As a worker runs a task: on a thread with a deep stack, which the caller waits for.
    @Benchmark
    public Execution compiledRun() {
        return compiling.run(module, invocation);
    }

    @Benchmark
    public Execution interpretedRun() {
        return interpreting.run(module, invocation);
    }

    /// The instance and the call alone, on the calling thread.
    @Benchmark
    public long instanceAndCall() {
        var deadline = new Deadline(System::nanoTime, LIMITS.wallMillis());
        var meter = new GasMeter(LIMITS.gas(), deadline, new Checkpoints(LIMITS.gas()));
        var instance = new Instance(code, compiled, meter, LIMITS.memoryPages());
        instance.start(List.of());
        instance.stack[0] = 2;
        instance.stack[1] = 3;
        instance.call(0);
        return instance.stack[0];
    }
}
