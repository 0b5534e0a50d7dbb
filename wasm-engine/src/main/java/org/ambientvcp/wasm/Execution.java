package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import java.util.List;
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
/// @param instructions executed instructions, see `docs/wasm-engine.md` for what counts
/// @param peakMemoryPages most pages the linear memory had
/// @param traceDigest SHA-256 of the trace, lower-case hex; of the trace's header alone if nothing ran
/// @param checkpointGas gas between two checkpoints
/// @param checkpoints digest of the trace when the gas used first reached 1, 2, … times checkpointGas; at most 1,024
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
                new TraceDigest(HexFormat.of().parseHex(moduleSha256)).hex(),
                Checkpoints.interval(limits.gas()),
                List.of());
    }
}
