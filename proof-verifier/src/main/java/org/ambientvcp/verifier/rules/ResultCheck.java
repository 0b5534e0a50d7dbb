package org.ambientvcp.verifier.rules;

import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.TaskCheck;
import org.jspecify.annotations.Nullable;

/// Whether a signed result is consistent with its task and with itself, without running anything.
final class ResultCheck {
    private static final int MOST_STDERR = 4 * 1024;
    private static final int MOST_VALUES = 1_000;
    private static final String EMPTY_SHA256 = Sha256.hex(new byte[0]);

    private ResultCheck() {}

    /// The first thing that an honest node would not have signed; null if there is none.
    static @Nullable String problem(Task task, TaskResult result) {
        var limits = task.getLimits();
        if (!result.getModuleSha256().equals(task.getModuleSha256()))
            return "moduleSha256 is not the task's, " + task.getModuleSha256();
        if ((result.getOutcome() == Outcome.COMPLETED) != (result.getReason() == null))
            return "reason does not fit outcome " + result.getOutcome();
        if (result.getGasUsed() < 0 || result.getGasUsed() > limits.getGas())
            return "gasUsed is not 0–" + limits.getGas() + ": " + result.getGasUsed();
        if (result.getPeakMemoryPages() < 0 || result.getPeakMemoryPages() > limits.getMemoryPages())
            return "peakMemoryPages is not 0–" + limits.getMemoryPages() + ": " + result.getPeakMemoryPages();
        if (result.getOutputBytes() < 0 || result.getOutputBytes() > limits.getOutputBytes())
            return "outputBytes is not 0–" + limits.getOutputBytes() + ": " + result.getOutputBytes();
        if (result.getValues().size() > MOST_VALUES)
            return "values are more than " + MOST_VALUES + ": "
                    + result.getValues().size();
        if (result.getStderr().remaining() > MOST_STDERR)
            return "stderr is longer than " + MOST_STDERR + " bytes: "
                    + result.getStderr().remaining();
        if (!TaskCheck.isSha256(result.getTraceDigest())) return "traceDigest is not 64 lower-case hex digits";
        if (result.getWallMicros() < 0 || result.getCpuMicros() < 0 || result.getEnergyMicrojoules() < 0)
            return "wallMicros, cpuMicros or energyMicrojoules is negative";
        return output(result);
    }

    private static @Nullable String output(TaskResult result) {
        return switch (result.getOutput()) {
            case null ->
                result.getOutputBytes() == 0 && result.getOutputSha256().equals(EMPTY_SHA256)
                        ? null
                        : "output is missing, outputBytes is " + result.getOutputBytes();
            case InlineBytes inline -> inline(result, Bytes.of(inline.getBytes()));
            case BlobRef blob -> named(result, blob);
            default -> "output is neither inline bytes nor a blob";
        };
    }

    private static @Nullable String inline(TaskResult result, byte[] bytes) {
        if (bytes.length == 0 || bytes.length > TaskRun.MAX_INLINE_OUTPUT_BYTES)
            return "inline output is not 1–" + TaskRun.MAX_INLINE_OUTPUT_BYTES + " bytes: " + bytes.length;
        if (bytes.length != result.getOutputBytes())
            return "outputBytes is not the length of the output, " + bytes.length + ": " + result.getOutputBytes();
        if (!Sha256.hex(bytes).equals(result.getOutputSha256()))
            return "outputSha256 is not the hash of the output, " + Sha256.hex(bytes);
        return null;
    }

    private static @Nullable String named(TaskResult result, BlobRef blob) {
        if (!TaskCheck.isSha256(blob.getSha256())) return "output.sha256 is not 64 lower-case hex digits";
        if (!blob.getSha256().equals(result.getOutputSha256())) return "output.sha256 is not outputSha256";
        if (blob.getSizeBytes() != result.getOutputBytes())
            return "output.sizeBytes is not outputBytes, " + result.getOutputBytes() + ": " + blob.getSizeBytes();
        if (blob.getSizeBytes() <= TaskRun.MAX_INLINE_OUTPUT_BYTES)
            return "output in the blob store is not above " + TaskRun.MAX_INLINE_OUTPUT_BYTES + " bytes: "
                    + blob.getSizeBytes();
        return null;
    }
}
