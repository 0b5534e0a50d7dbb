package org.ambientvcp.benchmarks.wasm;

import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Entry;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.Value;

/// Invocations as benchmarks need them.
final class Runs {
    /// More than any benchmark uses, and so much that no checkpoint falls due.
    static final long ENDLESS_GAS = 1L << 53;

    private static final int LONGEST_MILLIS = 3_600_000;

    private Runs() {}

    static Invocation call(long gas, String function, Value... arguments) {
        return invocation(gas, new Entry.Call(function, arguments), Bytes.EMPTY);
    }

    static Invocation program(long gas, Bytes input) {
        return invocation(gas, new Entry.Program(), input);
    }

    private static Invocation invocation(long gas, Entry entry, Bytes input) {
        var defaults = RunLimits.DEFAULT;
        var limits = new RunLimits(defaults.memoryPages(), gas, LONGEST_MILLIS, defaults.outputBytes());
        return new Invocation(entry, input, limits, 0, Bytes.of(new byte[Invocation.SEED_BYTES]));
    }

    /// The first result as an i32.
    ///
    /// @throws IllegalStateException if the run did not complete
    static int result(Execution execution) {
        return (int) completed(execution).values().getFirst().bits();
    }

    /// @throws IllegalStateException if the run did not complete
    static Execution completed(Execution execution) {
        if (execution.outcome() != Outcome.COMPLETED)
            throw new IllegalStateException(execution.outcome() + ": " + execution.reason());
        return execution;
    }
}
