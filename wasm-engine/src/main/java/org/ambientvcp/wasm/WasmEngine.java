package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;

import java.util.function.LongSupplier;
import org.ambientvcp.wasm.machine.Deadline;

/// Runs untrusted modules, each run in an instance of its own that sees nothing but its invocation. Thread-safe; runs
/// do not share anything that a program could write. `docs/wasm-engine.md` states the rules.
public final class WasmEngine {
    private final LongSupplier nanoTime;
    private final ExecutionMode mode;

    /// @param nanoTime a clock that only grows, in nanoseconds, such as `System::nanoTime`; for the deadline only
    public WasmEngine(LongSupplier nanoTime) {
        this(nanoTime, ExecutionMode.AUTOMATIC);
    }

    /// @param nanoTime a clock that only grows, in nanoseconds; for the deadline only
    public WasmEngine(LongSupplier nanoTime, ExecutionMode mode) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
        this.mode = requireNonNull(mode, "mode");
    }

    /// Runs a module to one of the outcomes, whatever the module is. Takes a thread of its own and waits for it; an
    /// interrupt of the calling thread ends the run as [Outcome#NODE_FAILED] and stays set.
    public Execution run(WasmModule module, Invocation invocation) {
        return DeepStack.call(() -> {
            var deadline = new Deadline(nanoTime, invocation.limits().wallMillis());
            return switch (mode) {
                case AUTOMATIC -> automatic(module, invocation, deadline);
                case INTERPRETED -> Sandbox.run(module, module.interpreter(), invocation, deadline);
                case COMPILED -> Sandbox.run(module, module.compiled(), invocation, deadline);
            };
        });
    }

    /// Runs a module if it could be taken in: a refused one is [Outcome#INVALID_MODULE], a failed one
    /// [Outcome#NODE_FAILED].
    public Execution run(Compilation compilation, Invocation invocation) {
        return switch (compilation) {
            case Compilation.Compiled compiled -> run(compiled.module(), invocation);
            case Compilation.Refused refused ->
                Execution.notRun(Outcome.INVALID_MODULE, refused.reason(), refused.sha256(), invocation.limits());
            case Compilation.Failed failed ->
                Execution.notRun(Outcome.NODE_FAILED, failed.reason(), failed.sha256(), invocation.limits());
        };
    }

    /// Processor time of all runs, by any engine, that the calling thread has waited for, in nanoseconds. Only
    /// grows: the difference before and after a run is what the run took.
    public static long cpuNanos() {
        return DeepStack.cpuNanos();
    }

    /// A run is a pure function of its invocation, so one that turns out to be long can simply begin again.
    private static Execution automatic(WasmModule module, Invocation invocation, Deadline deadline) {
        if (module.isWorthProbing()) {
            var probe = Sandbox.probe(module, invocation, deadline);
            if (probe != null) return probe;
        }
        return Sandbox.run(module, module.compiled(), invocation, deadline);
    }
}
