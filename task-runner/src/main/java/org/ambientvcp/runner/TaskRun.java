package org.ambientvcp.runner;

import java.nio.ByteBuffer;
import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.ExecutionTrace;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.wasm.Bytes;
import org.jspecify.annotations.Nullable;

/// What one run of a task gave, before anybody signs it. For every outcome but NODE_FAILED two honest nodes
/// get equal runs, and so equal result digests.
///
/// @param outcome how it ended
/// @param exitCode of a WASI program; 0 otherwise
/// @param reason why it did not complete; null if it did
/// @param values results of the called function
/// @param output all bytes it wrote
/// @param stderr first 4 KiB of standard error
/// @param gasUsed metered gas
/// @param instructions executed instructions
/// @param peakMemoryPages most WASM pages it had
/// @param traceDigest SHA-256 of the trace, lower-case hex
/// @param checkpointGas gas between two checkpoints
/// @param checkpoints running digests of the trace
public record TaskRun(
        Outcome outcome,
        int exitCode,
        @Nullable String reason,
        List<WasmValue> values,
        Bytes output,
        Bytes stderr,
        long gasUsed,
        long instructions,
        int peakMemoryPages,
        String traceDigest,
        long checkpointGas,
        List<String> checkpoints) {
    /// Longer outputs travel by name in the blob store.
    public static final int MAX_INLINE_OUTPUT_BYTES = 4 * 1024;

    private static final String NO_TRACE = "0".repeat(64);

    /// What the run cost on this node; no part of what nodes must agree on.
    ///
    /// @param startedAtEpochMillis node's clock
    /// @param wallMicros time from start to end
    /// @param cpuMicros processor time of the run's thread
    /// @param energyMicrojoules energy attributed to the run
    public record Cost(
            long startedAtEpochMillis,
            long wallMicros,
            long cpuMicros,
            long energyMicrojoules,
            EnergySource energySource) {}

    public TaskRun {
        values = List.copyOf(values);
        checkpoints = List.copyOf(checkpoints);
    }

    /// A run that this node could not do; the task is tried elsewhere.
    public static TaskRun nodeFailed(String reason) {
        return new TaskRun(
                Outcome.NODE_FAILED, 0, reason, List.of(), Bytes.EMPTY, Bytes.EMPTY, 0, 0, 0, NO_TRACE, 1, List.of());
    }

    /// Whether the output is too long to travel inside a result.
    public boolean outputGoesToBlobStore() {
        return output.size() > MAX_INLINE_OUTPUT_BYTES;
    }

    /// The result for a lease. A long output must be in the blob store before it is published.
    ///
    /// @param moduleSha256 the task's module
    /// @param salt 32 bytes behind the commitment; empty without one
    public TaskResult result(Assignment lease, String moduleSha256, Cost cost, byte[] salt) {
        var outputSha256 = output.sha256();
        return TaskResult.newBuilder()
                .setCell(lease.getCell())
                .setTaskId(lease.getTaskId())
                .setNodeId(lease.getNodeId())
                .setAttempt(lease.getAttempt())
                .setLeaseEpoch(lease.getLeaseEpoch())
                .setModuleSha256(moduleSha256)
                .setOutcome(outcome)
                .setExitCode(exitCode)
                .setReason(reason)
                .setValues(values)
                .setOutput(
                        output.size() == 0
                                ? null
                                : outputGoesToBlobStore()
                                        ? new BlobRef(outputSha256, (long) output.size())
                                        : new InlineBytes(ByteBuffer.wrap(output.toArray())))
                .setOutputSha256(outputSha256)
                .setOutputBytes(output.size())
                .setGasUsed(gasUsed)
                .setPeakMemoryPages(peakMemoryPages)
                .setTraceDigest(traceDigest)
                .setWallMicros(cost.wallMicros())
                .setCpuMicros(cost.cpuMicros())
                .setEnergyMicrojoules(cost.energyMicrojoules())
                .setEnergySource(cost.energySource())
                .setStderr(ByteBuffer.wrap(stderr.toArray()))
                .setSalt(ByteBuffer.wrap(salt))
                .setStartedAtEpochMillis(cost.startedAtEpochMillis())
                .build();
    }

    /// The trace for a lease.
    public ExecutionTrace trace(Assignment lease, String moduleSha256) {
        return ExecutionTrace.newBuilder()
                .setCell(lease.getCell())
                .setTaskId(lease.getTaskId())
                .setNodeId(lease.getNodeId())
                .setAttempt(lease.getAttempt())
                .setLeaseEpoch(lease.getLeaseEpoch())
                .setModuleSha256(moduleSha256)
                .setInstructions(instructions)
                .setTraceDigest(traceDigest)
                .setCheckpointGas(checkpointGas)
                .setCheckpoints(checkpoints)
                .build();
    }
}
