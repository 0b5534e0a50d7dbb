package org.ambientvcp.wasm.machine;

import java.util.function.LongSupplier;
import org.ambientvcp.wasm.Outcome;

/// Ends a run when its time on this node is over or its thread is interrupted.
public final class Deadline {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanoTime;
    private final long startedAt;
    private final int wallMillis;

    public Deadline(LongSupplier nanoTime, int wallMillis) {
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.wallMillis = wallMillis;
    }

    void check() {
        if (Thread.currentThread().isInterrupted()) throw Stop.because(Outcome.NODE_FAILED, "the run was interrupted");
        if (nanoTime.getAsLong() - startedAt >= wallMillis * NANOS_PER_MILLI)
            throw Stop.because(Outcome.DEADLINE, "not done within " + wallMillis + " ms");
    }
}
