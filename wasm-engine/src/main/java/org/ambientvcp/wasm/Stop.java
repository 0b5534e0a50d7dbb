package org.ambientvcp.wasm;

import org.jspecify.annotations.Nullable;

/// Ends a run from within the interpreter. Carries the outcome and no stack trace.
final class Stop extends RuntimeException {
    private final Outcome outcome;
    private final int exitCode;
    private final @Nullable String reason;

    private Stop(Outcome outcome, int exitCode, @Nullable String reason) {
        super(reason, null, false, false);
        this.outcome = outcome;
        this.exitCode = exitCode;
        this.reason = reason;
    }

    static Stop because(Outcome outcome, String reason) {
        return new Stop(outcome, 0, reason);
    }

    /// The program asked to end.
    static Stop exit(int code) {
        return new Stop(Outcome.COMPLETED, code, null);
    }

    Outcome outcome() {
        return outcome;
    }

    int exitCode() {
        return exitCode;
    }

    @Nullable
    String reason() {
        return reason;
    }
}
