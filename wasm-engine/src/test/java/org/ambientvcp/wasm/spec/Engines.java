package org.ambientvcp.wasm.spec;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.compiler.CompiledModule;
import org.ambientvcp.wasm.interpreter.Interpreter;
import org.ambientvcp.wasm.machine.Checkpoints;
import org.ambientvcp.wasm.machine.Deadline;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.GasMeter;
import org.ambientvcp.wasm.machine.Instance;

/// The engine below its public face, for tests that look into a run.
public final class Engines {
    private static final long STACK_BYTES = 128L << 20;
    private static final int DAY_MILLIS = 86_400_000;

    private Engines() {}

    public static Executor executor(ExecutionMode mode, ModuleCode code) {
        return switch (mode) {
            case INTERPRETED -> new Interpreter(code);
            case COMPILED -> new CompiledModule(code);
            case AUTOMATIC -> throw new IllegalArgumentException("one of the two modes");
        };
    }

    /// An instance that has not been started.
    public static Instance instance(ModuleCode code, Executor executor, long gas, int pages) {
        return new Instance(code, executor, meter(gas), pages);
    }

    public static GasMeter meter(long gas) {
        return new GasMeter(gas, new Deadline(System::nanoTime, DAY_MILLIS), new Checkpoints(gas), Long.MAX_VALUE);
    }

    /// Does the work on a thread with as much stack as a run has.
    public static <T> T onDeepStack(Supplier<T> work) {
        var task = new FutureTask<T>(work::get);
        var thread = new Thread(null, task, "deep-stack", STACK_BYTES);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
