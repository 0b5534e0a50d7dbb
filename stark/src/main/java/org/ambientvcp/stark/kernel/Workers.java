package org.ambientvcp.stark.kernel;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// The threads that one prover works on: platform threads, the caller among them.
///
/// Threads take one task after the other, so tasks may be of different size; with more tasks than threads, the work is
/// shared well. Tasks must not wait for each other, and must not start tasks here.
public final class Workers implements AutoCloseable {
    /// One part of some work, with the scratch arrays of the thread that does it.
    public interface Task<S> {
        void run(S scratch, int index);
    }

    private final int threads;
    private final ExecutorService others;

    /// @param threads 1 or more
    public Workers(int threads) {
        if (threads < 1) throw new IllegalArgumentException("threads are under 1: " + threads);
        this.threads = threads;
        others = Executors.newFixedThreadPool(
                Math.max(1, threads - 1),
                Thread.ofPlatform().daemon().name("prover-", 1).factory());
    }

    /// The calling thread alone.
    public static Workers single() {
        return new Workers(1);
    }

    public int threads() {
        return threads;
    }

    /// Runs tasks 0 … `tasks` - 1 and returns when all have ended. What one of them throws is thrown here, after all
    /// have.
    public void forEach(int tasks, IntConsumer task) {
        forEach(tasks, () -> task, IntConsumer::accept);
    }

    /// As [#forEach(int, IntConsumer)], with something that each thread that takes part makes for itself.
    public <S> void forEach(int tasks, Supplier<S> scratch, Task<S> task) {
        var next = new AtomicInteger();
        Runnable work = () -> {
            var index = next.getAndIncrement();
            if (index >= tasks) return;
            var own = scratch.get();
            for (; index < tasks; index = next.getAndIncrement()) task.run(own, index);
        };
        var started = new ArrayList<Future<?>>();
        for (var i = 1; i < Math.min(threads, tasks); i++) started.add(others.submit(work));
        try {
            work.run();
        } finally {
            next.set(tasks);
            join(started);
        }
    }

    private static void join(Iterable<Future<?>> started) {
        var interrupted = false;
        for (var future : started) {
            while (true) {
                try {
                    future.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true; // the arrays are in use until the tasks have ended
                } catch (ExecutionException e) {
                    if (interrupted) Thread.currentThread().interrupt();
                    throw new IllegalStateException("a task of the prover failed", e.getCause());
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    /// Ends the other threads, when they have ended what they do.
    @Override
    public void close() {
        others.close();
    }
}
