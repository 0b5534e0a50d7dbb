package org.ambientvcp.benchmarks.wasm;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.machine.Checkpoints;
import org.ambientvcp.wasm.machine.Deadline;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.GasMeter;
import org.ambientvcp.wasm.machine.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.types.ExportSection;

/// Our compiled code without the engine around it, so that parts of it can be left out.
///
/// @param compile gives the module's executor
record Bare(String title, Function<ModuleCode, Executor> compile) implements Contender {
    private static final long STACK_BYTES = 256L << 20;
    private static final int MOST_PAGES = 8_192;

    @Override
    public String version() {
        return "Java " + Runtime.version();
    }

    @Override
    public Samples run(Kernel kernel, Effort effort) throws InterruptedException {
        var parsed = Parser.parse(Modules.read(kernel.title()));
        var code = ModuleLowering.lower(parsed, false);
        var function = exportedRun(parsed.exportSection());
        var executor = compile.apply(code);
        return onDeepStack(() -> time(code, executor, function, kernel, effort));
    }

    private static int exportedRun(ExportSection exports) {
        for (var i = 0; i < exports.exportCount(); i++) {
            var export = exports.getExport(i);
            if (export.name().equals("run")) return export.index();
        }
        throw new IllegalStateException("the kernel exports no run");
    }

    private Samples time(ModuleCode code, Executor executor, int function, Kernel kernel, Effort effort) {
        var work = effort.of(kernel);
        var threads = ManagementFactory.getThreadMXBean();
        var nanos = new long[effort.calls()];
        var warm = threads.getCurrentThreadCpuTime() + effort.warmUp().toNanos();
        do call(code, executor, function, kernel, work);
        while (threads.getCurrentThreadCpuTime() < warm);
        for (var call = 0; call < nanos.length; call++) {
            var start = threads.getCurrentThreadCpuTime();
            call(code, executor, function, kernel, work);
            nanos[call] = threads.getCurrentThreadCpuTime() - start;
        }
        return new Samples(nanos);
    }

    private void call(ModuleCode code, Executor executor, int function, Kernel kernel, Kernel.Work work) {
        var deadline = new Deadline(System::nanoTime, Integer.MAX_VALUE);
        var meter = new GasMeter(Runs.ENDLESS_GAS, deadline, new Checkpoints(Runs.ENDLESS_GAS));
        var instance = new Instance(code, executor, meter, MOST_PAGES);
        instance.start(List.of());
        instance.stack[0] = work.amount();
        instance.call(function);
        work.check((int) instance.stack[0], title + " on " + kernel.title());
    }

    private static <T> T onDeepStack(Callable<T> work) throws InterruptedException {
        var task = new FutureTask<>(work);
        new Thread(null, task, "bare", STACK_BYTES).start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a kernel failed", e.getCause());
        }
    }
}
