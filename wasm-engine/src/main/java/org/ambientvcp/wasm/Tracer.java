package org.ambientvcp.wasm;

import java.util.List;
import java.util.function.LongSupplier;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.interpreter.Interpreter;
import org.ambientvcp.wasm.machine.Deadline;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.trace.LastSteps;
import org.ambientvcp.wasm.trace.State;
import org.ambientvcp.wasm.trace.StateAt;
import org.jspecify.annotations.Nullable;

/// Runs a module instruction by instruction: for a person who wants to know how a run came to its end, and for two who
/// disagree about one. Gives the same [Execution] as [WasmEngine], slower. Thread-safe.
public final class Tracer {
    private final byte[] bytes;
    private final WasmModule module;
    private final ModuleCode code;
    private final LongSupplier nanoTime;

    /// How a run ended, and by which way.
    ///
    /// @param steps instructions of the module that were executed
    /// @param lines the last of them, oldest first: number, function, offset in the module, instruction, operands
    /// @param callStack active calls at the end, innermost first; empty if the run returned
    public record Trace(Execution execution, long steps, List<String> lines, List<String> callStack) {
        public Trace {
            lines = List.copyOf(lines);
            callStack = List.copyOf(callStack);
        }
    }

    /// @param bytes of the module in the binary format
    /// @param nanoTime a clock that only grows, in nanoseconds; for the deadline only
    /// @throws IllegalArgumentException if the module cannot be run, with the reason
    public Tracer(byte[] bytes, LongSupplier nanoTime) {
        this.bytes = bytes.clone();
        this.module = switch (WasmModule.compile(bytes)) {
            case Compilation.Compiled compiled -> compiled.module();
            case Compilation.Refused refused -> throw new IllegalArgumentException(refused.reason());
            case Compilation.Failed failed -> throw new IllegalArgumentException(failed.reason());
        };
        this.code = DeepStack.call(() -> ModuleLowering.lower(parsed(), true));
        this.nanoTime = nanoTime;
    }

    private run.endive.wasm.WasmModule parsed() {
        try {
            return WasmModule.parse(bytes);
        } catch (Refusal e) {
            throw new IllegalStateException("a module was taken in and then refused: " + e.reason(), e);
        }
    }

    /// Runs to the end.
    ///
    /// @param count most steps to keep, 1 to 2^20
    public Trace lastSteps(Invocation invocation, int count) {
        var steps = new LastSteps(bytes, code, count);
        var execution = run(invocation, new Interpreter(code, steps));
        return new Trace(execution, steps.count(), printable(steps.lines()), printable(steps.callStack()));
    }

    /// The complete state after so many instructions, or at the end of a shorter run; null if this node could not
    /// run so far. Equal digests are equal states; [org.ambientvcp.wasm.trace.Bisection] finds the first step at
    /// which two nodes differ.
    public @Nullable State stateAfter(long steps, Invocation invocation) {
        return StateAt.after(steps, code, executor -> run(invocation, executor).outcome());
    }

    /// A module may name its functions as it likes.
    private static List<String> printable(List<String> lines) {
        return lines.stream().map(Refusal::printable).toList();
    }

    private Execution run(Invocation invocation, Executor executor) {
        return DeepStack.call(() -> Sandbox.run(
                module,
                executor,
                invocation,
                new Deadline(nanoTime, invocation.limits().wallMillis())));
    }
}
