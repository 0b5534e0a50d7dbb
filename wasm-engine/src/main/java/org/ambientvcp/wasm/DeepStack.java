package org.ambientvcp.wasm;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Runs work on a thread of its own with a stack of a fixed size, so that how deep a program may call does not depend
/// on the thread that asks.
final class DeepStack {
    /// Measured: [Gas#CALL_DEPTH] calls fit in 8 MiB when the JVM itself interprets, the worst case. Only what is
    /// touched takes memory.
    private static final long STACK_BYTES = 128L << 20;

    private DeepStack() {}

    /// Waits until the work is done. An interrupt of the caller is passed on to the work, and set again at the end.
    static <T> T call(String threadName, Supplier<T> work) {
        var task = new FutureTask<T>(work::get);
        var thread = new Thread(null, task, threadName, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        var interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("work in the sandbox must not throw", e.getCause());
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
