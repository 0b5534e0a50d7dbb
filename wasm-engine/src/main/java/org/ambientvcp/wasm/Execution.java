package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import java.util.List;
import org.ambientvcp.wasm.machine.Checkpoints;
import org.ambientvcp.wasm.machine.Instance;
import org.jspecify.annotations.Nullable;

/// What one run gave. Equal for equal module and invocation wherever it ran, if the outcome is deterministic; after
/// [Outcome#DEADLINE] and [Outcome#NODE_FAILED] the figures say how far this node came.
///
/// @param outcome how the run ended
/// @param exitCode what the program passed to `proc_exit`; 0 otherwise
/// @param reason why it did not complete, one sentence; null if it completed
/// @param values results of the called function, NaN canonical unless it was only moved; empty unless it returned
/// @param output all output up to the end of the run, also of a run that trapped
/// @param stderr first 4 KiB of standard error
/// @param gasUsed gas of everything that was executed, never above the limit
/// @param instructions gas of blocks alone, without what bulk instructions and host calls cost beside
/// @param peakMemoryPages most pages the linear memory had
/// @param traceDigest SHA-256 of gas, path and checkpoints, lower-case hex, see `docs/wasm-engine.md`
/// @param checkpointGas least gas between two checkpoints
/// @param checkpoints digests of the run's state, lower-case hex; at most 512
public record Execution(
        Outcome outcome,
        int exitCode,
        @Nullable String reason,
        List<Value> values,
        Bytes output,
        Bytes stderr,
        long gasUsed,
        long instructions,
        int peakMemoryPages,
        String traceDigest,
        long checkpointGas,
        List<String> checkpoints) {

    public Execution {
        requireNonNull(outcome, "outcome");
        requireNonNull(output, "output");
        requireNonNull(stderr, "stderr");
        requireNonNull(traceDigest, "traceDigest");
        values = List.copyOf(values);
        checkpoints = List.copyOf(checkpoints);
        if ((outcome == Outcome.COMPLETED) != (reason == null))
            throw new IllegalArgumentException("a reason belongs to every outcome but COMPLETED: " + outcome);
    }

    /// A run that never began.
    static Execution notRun(Outcome outcome, String reason, String moduleSha256, RunLimits limits) {
        return new Execution(
                outcome,
                0,
                reason,
                List.of(),
                Bytes.EMPTY,
                Bytes.EMPTY,
                0,
                0,
                0,
                TraceDigest.of(HexFormat.of().parseHex(moduleSha256), 0, Instance.PATH_START, List.of()),
                Checkpoints.interval(limits.gas()),
                List.of());
    }
}
