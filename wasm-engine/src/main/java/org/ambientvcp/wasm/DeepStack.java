package org.ambientvcp.wasm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs work on threads with a stack of a fixed size, so that how deep a program may call does not depend on the thread
/// that asks. Threads are kept for a while, since making one takes longer than a short run.
final class DeepStack {
    /// Calls may take 2^20 slots in all ([org.ambientvcp.wasm.code.Limits#STACK_SLOTS]). Only what is touched takes
    /// memory.
    private static final long STACK_BYTES = 256L << 20;

    private static final long KEEP_SECONDS = 10;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, KEEP_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), DeepStack::thread);

    private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();
    private static final ThreadLocal<Long> CPU_NANOS = ThreadLocal.withInitial(() -> 0L);

    private DeepStack() {}

    /// Processor time that all work took which the calling thread has waited for, in nanoseconds; only grows.
    static long cpuNanos() {
        return CPU_NANOS.get();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(null, work, "wasm-" + COUNT.incrementAndGet(), STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    /// Waits until the work is done. An interrupt of the caller is passed on to the work, and set again at the end.
    static <T> T call(Supplier<T> work) {
        var interruptible = new Interruptible<>(work);
        var task = new FutureTask<T>(interruptible::run);
        THREADS.execute(task);
        var interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    interruptible.interrupt();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("work in the sandbox must not throw", e.getCause());
        } finally {
            CPU_NANOS.set(CPU_NANOS.get() + interruptible.cpuNanos());
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /// Keeps an interrupt to the work it was meant for: the thread goes on to do other work.
    private static final class Interruptible<T> {
        private final Supplier<T> work;
        private boolean wasInterrupted;
        private @Nullable Thread thread;
        private long cpuNanos;

        Interruptible(Supplier<T> work) {
            this.work = work;
        }

        T run() {
            begin();
            var startedAt = TIMES.getCurrentThreadCpuTime();
            try {
                return work.get();
            } finally {
                cpuNanos = TIMES.getCurrentThreadCpuTime() - startedAt;
                end();
            }
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
            if (wasInterrupted) thread.interrupt();
        }

        private synchronized void end() {
            thread = null;
            Thread.interrupted();
        }

        /// After the work is done.
        long cpuNanos() {
            return cpuNanos;
        }

        synchronized void interrupt() {
            wasInterrupted = true;
            if (thread != null) thread.interrupt();
        }
    }
}
