package org.ambientvcp.benchmarks.wasm;

import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;

/// The interpreter of the library whose parser the engine uses; no gas. It needs a second or more for a call of most
/// kernels, so only few are timed.
record EndiveInterpreter() implements Contender {
    private static final int MOST_CALLS = 3;

    @Override
    public String title() {
        return "Endive interprets";
    }

    @Override
    public @Nullable String version() {
        return "Endive 1.2.0, interpreter";
    }

    @Override
    public Samples run(Kernel kernel, Effort effort) {
        var instance =
                Instance.builder(Parser.parse(Modules.read(kernel.title()))).build();
        var run = instance.export("run");
        var work = effort.of(kernel);
        var threads = ManagementFactory.getThreadMXBean();
        var nanos = new long[Math.min(effort.calls(), MOST_CALLS)];
        var warm = threads.getCurrentThreadCpuTime() + effort.warmUp().toNanos();
        do work.check((int) run.apply(work.amount())[0], title());
        while (threads.getCurrentThreadCpuTime() < warm);
        for (var call = 0; call < nanos.length; call++) {
            var start = threads.getCurrentThreadCpuTime();
            var checksum = (int) run.apply(work.amount())[0];
            nanos[call] = threads.getCurrentThreadCpuTime() - start;
            work.check(checksum, title() + " on " + kernel.title());
        }
        return new Samples(nanos);
    }
}
