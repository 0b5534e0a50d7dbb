package org.ambientvcp.wasm.machine;

import org.ambientvcp.wasm.Outcome;
import org.jspecify.annotations.Nullable;

/// Ends a run from within. Carries the outcome and no stack trace.
public final class Stop extends RuntimeException {
    private final Outcome outcome;
    private final int exitCode;
    private final @Nullable String reason;

    private Stop(Outcome outcome, int exitCode, @Nullable String reason) {
        super(reason, null, false, false);
        this.outcome = outcome;
        this.exitCode = exitCode;
        this.reason = reason;
    }

    public static Stop because(Outcome outcome, String reason) {
        return new Stop(outcome, 0, reason);
    }

    /// The program asked to end.
    public static Stop exit(int code) {
        return new Stop(Outcome.COMPLETED, code, null);
    }

    public Outcome outcome() {
        return outcome;
    }

    public int exitCode() {
        return exitCode;
    }

    public @Nullable String reason() {
        return reason;
    }
}
