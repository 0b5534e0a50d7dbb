package org.ambientvcp.benchmarks.wasm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;

/// Is a worker as fast after many minutes as in the first, and does it hold as much memory, when modules come and go?
///
/// Runs the kernels and the report, in many variants, through one engine and a [ModuleCache] that holds a part of them,
/// so that modules are taken in, compiled, dropped and taken in again all the time. Every result is verified. Prints a
/// line for every period: what was executed, and what the JVM holds after a garbage collection.
///
/// Arguments: `--minutes N` (30).
public final class SteadyState {
    /// The same for every period, so that periods can be compared.
    private static final long SEED = 20261122;
    private static final int THREADS = 2;
    private static final int VARIANTS = 16;
    private static final long CACHE_BYTES = 8L << 20;

    /// @param runs completed
    /// @param gas they used
    /// @param cpuNanos processor time they took, taking modules in not counted
    /// @param takenIn modules
    record Period(long runs, long gas, long cpuNanos, long takenIn, Footprint after) {
        /// Million gas a second of processor time.
        double speed() {
            return gas * 1e3 / cpuNanos;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d runs, %,.0f million gas/s, %,d modules taken in, %s",
                    runs,
                    speed(),
                    takenIn,
                    after);
        }
    }

    private final WasmEngine engine = new WasmEngine(System::nanoTime);
    private final ModuleCache cache = new ModuleCache(CACHE_BYTES);
    private final Jobs jobs = new Jobs(VARIANTS);
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong gas = new AtomicLong();
    private final AtomicLong cpuNanos = new AtomicLong();
    private final AtomicLong takenIn = new AtomicLong();

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        var minutes = arguments.length == 2 && arguments[0].equals("--minutes") ? Integer.parseInt(arguments[1]) : 30;
        var periods = new SteadyState().run(minutes, Duration.ofMinutes(1));
        System.out.println("\nfirst: " + periods.getFirst());
        System.out.println("last:  " + periods.getLast());
    }

    /// @throws ExecutionException if a result is wrong
    List<Period> run(int count, Duration length) throws InterruptedException, ExecutionException {
        var periods = new ArrayList<Period>();
        for (var number = 0; number < count; number++) {
            var period = run(length);
            System.out.println((number + 1) + ": " + period);
            periods.add(period);
        }
        return periods;
    }

    private Period run(Duration length) throws InterruptedException, ExecutionException {
        var before = new long[] {runs.get(), gas.get(), cpuNanos.get(), takenIn.get()};
        var end = System.nanoTime() + length.toNanos();
        var random = new SplittableRandom(SEED);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var workers = new ArrayList<Future<?>>();
            for (var thread = 0; thread < THREADS; thread++) {
                var own = random.split();
                workers.add(threads.submit(() -> {
                    while (System.nanoTime() < end) runOne(jobs.next(own));
                    return null;
                }));
            }
            for (var worker : workers) worker.get();
        }
        return new Period(
                runs.get() - before[0],
                gas.get() - before[1],
                cpuNanos.get() - before[2],
                takenIn.get() - before[3],
                Footprint.afterCollection());
    }

    private void runOne(Jobs.Job job) throws InterruptedException {
        var module = cache.get(job.sha256(), () -> {
            takenIn.incrementAndGet();
            return job.module();
        });
        var start = WasmEngine.cpuNanos();
        var execution = engine.run(module, job.invocation());
        cpuNanos.addAndGet(WasmEngine.cpuNanos() - start);
        job.check().accept(execution);
        runs.incrementAndGet();
        gas.addAndGet(execution.gasUsed());
    }
}
