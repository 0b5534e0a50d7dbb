package org.ambientvcp.scheduler.intake;

import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.schemas.signing.NodeId;
import org.jspecify.annotations.Nullable;

/// What fields of evidence may hold. Answers name the first field that is wrong, what was expected and what
/// came; null = fine. Pure functions.
final class EvidenceCheck {
    static final int MAX_INLINE_OUTPUT_BYTES = 4 * 1024;
    static final int MAX_STDERR_BYTES = 4 * 1024;
    static final int MAX_VALUES = 64;
    static final int MAX_REASON_CHARS = 4_096;
    /// More replicas than any quorum has, extra ones included.
    static final int MAX_FINDINGS = 64;

    static final int SALT_BYTES = 32;

    private static final long MAX_OUTPUT_BYTES = 1L << 30;
    private static final int MAX_PAGES = 65_536;

    private EvidenceCheck() {}

    static @Nullable String problem(ResultCommitment promise) {
        var check = new Fields();
        lease(check, promise.getTaskId(), promise.getAttempt(), promise.getLeaseEpoch());
        check.sha256("commitment", promise.getCommitment());
        return check.problem;
    }

    static @Nullable String problem(TaskResult result) {
        var check = new Fields();
        lease(check, result.getTaskId(), result.getAttempt(), result.getLeaseEpoch());
        check.sha256("moduleSha256", result.getModuleSha256());
        check.text("reason", result.getReason(), MAX_REASON_CHARS);
        check.range("values", result.getValues().size(), 0, MAX_VALUES);
        check.sha256("outputSha256", result.getOutputSha256());
        check.range("outputBytes", result.getOutputBytes(), 0, MAX_OUTPUT_BYTES);
        output(check, result);
        check.range("gasUsed", result.getGasUsed(), 0, Long.MAX_VALUE);
        check.range("peakMemoryPages", result.getPeakMemoryPages(), 0, MAX_PAGES);
        check.sha256("traceDigest", result.getTraceDigest());
        check.range("wallMicros", result.getWallMicros(), 0, Long.MAX_VALUE);
        check.range("cpuMicros", result.getCpuMicros(), 0, Long.MAX_VALUE);
        check.range("energyMicrojoules", result.getEnergyMicrojoules(), 0, Long.MAX_VALUE);
        check.range("stderr", result.getStderr().remaining(), 0, MAX_STDERR_BYTES);
        var salt = result.getSalt().remaining();
        check.unless(salt == 0 || salt == SALT_BYTES, "salt", "is not 0 or 32 bytes: " + salt);
        check.range("startedAtEpochMillis", result.getStartedAtEpochMillis(), 0, Long.MAX_VALUE);
        return check.problem;
    }

    static @Nullable String problem(Verdict verdict) {
        var check = new Fields();
        lease(check, verdict.getTaskId(), verdict.getAttempt(), 0);
        check.text("reason", verdict.getReason(), MAX_REASON_CHARS);
        check.range("findings", verdict.getFindings().size(), 0, MAX_FINDINGS);
        for (var finding : verdict.getFindings()) finding(check, finding);
        if (verdict.getOutcome() == VerdictOutcome.ACCEPTED) check.sha256("resultDigest", verdict.getResultDigest());
        else check.text("resultDigest", verdict.getResultDigest(), 0);
        check.range("checkedAtEpochMillis", verdict.getCheckedAtEpochMillis(), 0, Long.MAX_VALUE);
        return check.problem;
    }

    private static void lease(Fields check, String taskId, int attempt, long leaseEpoch) {
        check.unless(TaskCheck.isTaskId(taskId), "taskId", "is not 1–128 of A–Z a–z 0–9 . _ -");
        check.range("attempt", attempt, 1, Integer.MAX_VALUE);
        check.range("leaseEpoch", leaseEpoch, 0, Long.MAX_VALUE);
    }

    private static void output(Fields check, TaskResult result) {
        switch (result.getOutput()) {
            case null -> {
                check.range("outputBytes of no output", result.getOutputBytes(), 0, 0);
                hash(check, new byte[0], result.getOutputSha256());
            }
            case InlineBytes inline -> {
                var size = inline.getBytes().remaining();
                check.range("inline output", size, 0, MAX_INLINE_OUTPUT_BYTES);
                check.range("outputBytes of an inline output", result.getOutputBytes(), size, size);
                if (check.problem == null) hash(check, Bytes.of(inline.getBytes()), result.getOutputSha256());
            }
            case BlobRef blob -> {
                check.unless(
                        blob.getSha256().equals(result.getOutputSha256()),
                        "outputSha256",
                        "is not the name of the output in the blob store");
                check.range("output.sizeBytes", blob.getSizeBytes(), result.getOutputBytes(), result.getOutputBytes());
            }
            default -> check.unless(false, "output", "is neither inline bytes nor a blob");
        }
        if (result.getOutcome() == Outcome.NODE_FAILED)
            check.unless(result.getOutput() == null, "output", "is there although the node failed");
    }

    private static void hash(Fields check, byte[] output, String claimed) {
        var actual = Sha256.hex(output);
        check.unless(actual.equals(claimed), "outputSha256", "is not the hash of the output, " + actual);
    }

    private static void finding(Fields check, NodeFinding finding) {
        check.unless(NodeId.isWellFormed(finding.getNodeId()), "findings.nodeId", "is not a node id");
        check.range("findings.leaseEpoch", finding.getLeaseEpoch(), 0, Long.MAX_VALUE);
        check.text("findings.reason", finding.getReason(), MAX_REASON_CHARS);
    }

    /// Keeps the first problem.
    private static final class Fields {
        private @Nullable String problem;

        void unless(boolean fine, String field, String message) {
            if (!fine && problem == null) problem = field + " " + message;
        }

        void range(String field, long value, long least, long most) {
            unless(least <= value && value <= most, field, "is not " + least + "–" + most + ": " + value);
        }

        void sha256(String field, String hex) {
            unless(TaskCheck.isSha256(hex), field, "is not 64 lower-case hex digits");
        }

        void text(String field, @Nullable String text, int most) {
            unless(text == null || text.length() <= most, field, "is longer than " + most + " characters");
        }
    }
}
