package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;

import java.util.function.LongSupplier;

/// Runs untrusted modules, each run in an instance of its own that sees nothing but its invocation. Thread-safe; runs
/// do not share anything that a program could write.
///
/// This version interprets. Everything it promises (gas, limits, outcomes, trace) is stated in `docs/wasm-engine.md`
/// without regard to that.
public final class WasmEngine {
    private final LongSupplier nanoTime;

    /// @param nanoTime a clock that only grows, in nanoseconds, such as `System::nanoTime`; for the deadline only
    public WasmEngine(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    /// Runs a module to one of the outcomes, whatever the module is. Takes a thread of its own and waits for it; an
    /// interrupt of the calling thread ends the run as [Outcome#NODE_FAILED] and stays set.
    public Execution run(WasmModule module, Invocation invocation) {
        return DeepStack.call("wasm-run", () -> new Sandbox(module, invocation, nanoTime).run());
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
}
