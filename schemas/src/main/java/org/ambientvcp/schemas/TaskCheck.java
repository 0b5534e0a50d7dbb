package org.ambientvcp.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasiEntry;

/// What a task must be before anybody works on it. Gateway and intake apply the same rules, so that a
/// task sent straight to the topic is held to what REST holds it to. Pure functions.
public final class TaskCheck {
    public static final int MAX_INLINE_BYTES = 256 * 1024;
    public static final int MAX_ARGUMENTS = 64;
    public static final int MAX_ARGUMENT_CHARS = 4096;
    public static final int MAX_CAPABILITIES = 32;
    /// The longest encoded task: it travels on inside commands, jobs and a cell's state, twice in one record.
    public static final int MAX_TASK_BYTES = 384 * 1024;
    /// The floor of SPOT_CHECK: 2 % of the results of even the most trusted node are re-executed.
    public static final int MIN_SPOT_CHECK_PPM = 20_000;

    public static final int PPM = 1_000_000;
    /// The largest reward, in micro-units: sums of a million of them still fit a long.
    public static final long MAX_REWARD_MICROS = 1_000_000_000_000L;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /// One field that is wrong.
    ///
    /// @param field path of the field, for example `limits.gas`
    /// @param message what was expected and what came
    public record Problem(String field, String message) {
        @Override
        public String toString() {
            return field + " " + message;
        }
    }

    private TaskCheck() {}

    public static boolean isTaskId(String id) {
        return ID.matcher(id).matches();
    }

    public static boolean isTenant(String tenant) {
        return TENANT.matcher(tenant).matches();
    }

    public static boolean isSha256(String hex) {
        return SHA256.matcher(hex).matches();
    }

    /// Everything that is wrong with a task, in the order of its fields; its whole size if that alone is wrong;
    /// empty = fine.
    public static List<Problem> problems(Task task) {
        var problems = new Problems();
        problems.unless(
                isTaskId(task.getTaskId()), "taskId", "is not 1–128 of A–Z a–z 0–9 . _ -: " + quote(task.getTaskId()));
        problems.unless(isTenant(task.getTenant()), "tenant", "is not 1–63 of a–z 0–9 -: " + quote(task.getTenant()));
        problems.unless(
                isSha256(task.getModuleSha256()),
                "moduleSha256",
                "is not 64 lower-case hex digits: " + quote(task.getModuleSha256()));
        entry(task, problems);
        input(task, problems);
        limits(task.getLimits(), problems);
        requirements(task.getRequirements(), problems);
        verification(task.getVerification(), problems);
        problems.range("priority", task.getPriority(), 0, 4);
        problems.range("maxAttempts", task.getMaxAttempts(), 1, 10);
        problems.range("rewardMicros", task.getRewardMicros(), 0, MAX_REWARD_MICROS);
        problems.unless(task.getSubmittedBy().length() <= 128, "submittedBy", "is longer than 128 characters");
        if (task.getTraceparent() != null)
            problems.unless(
                    TRACEPARENT.matcher(task.getTraceparent()).matches(),
                    "traceparent",
                    "is not a W3C trace context: " + quote(task.getTraceparent()));
        size(task, problems);
        return problems.found;
    }

    private static void size(Task task, Problems problems) {
        if (!problems.found.isEmpty()) return; // its parts say more
        var bytes = AvroCodec.encode(task).length;
        problems.unless(bytes <= MAX_TASK_BYTES, "task", "is " + bytes + " bytes encoded, over " + MAX_TASK_BYTES);
    }

    private static void entry(Task task, Problems problems) {
        switch (task.getEntry()) {
            case FunctionEntry call -> {
                problems.unless(
                        !call.getFunction().isEmpty() && call.getFunction().length() <= 256,
                        "entry.function",
                        "is not 1–256 characters: " + quote(call.getFunction()));
                problems.range("entry.arguments", call.getArguments().size(), 0, MAX_ARGUMENTS);
            }
            case WasiEntry program -> {
                problems.range("entry.arguments", program.getArguments().size(), 0, MAX_ARGUMENTS);
                for (var argument : program.getArguments())
                    problems.unless(
                            argument.length() <= MAX_ARGUMENT_CHARS && argument.indexOf(0) < 0,
                            "entry.arguments",
                            "has an argument over " + MAX_ARGUMENT_CHARS + " characters or with a NUL");
            }
            default -> problems.unless(false, "entry", "is neither a function nor a WASI program");
        }
    }

    private static void input(Task task, Problems problems) {
        switch (task.getInput()) {
            case null -> {}
            case InlineBytes inline ->
                problems.unless(
                        inline.getBytes().remaining() <= MAX_INLINE_BYTES,
                        "input",
                        "is " + inline.getBytes().remaining() + " bytes inline; over " + MAX_INLINE_BYTES
                                + " it goes to the blob store");
            case BlobRef blob -> {
                problems.unless(
                        isSha256(blob.getSha256()),
                        "input.sha256",
                        "is not 64 lower-case hex digits: " + quote(blob.getSha256()));
                problems.range("input.sizeBytes", blob.getSizeBytes(), 0, 1L << 30);
            }
            default -> problems.unless(false, "input", "is neither inline bytes nor a blob");
        }
    }

    private static void limits(Limits limits, Problems problems) {
        problems.range("limits.memoryPages", limits.getMemoryPages(), 0, 32_767);
        problems.range("limits.gas", limits.getGas(), 1, 1_000_000_000_000_000L);
        problems.range("limits.wallMillis", limits.getWallMillis(), 1, 3_600_000);
        problems.range("limits.outputBytes", limits.getOutputBytes(), 0, 1L << 30);
    }

    private static void requirements(Requirements requirements, Problems problems) {
        if (requirements.getRegion() != null) problems.word("requirements.region", requirements.getRegion());
        problems.range(
                "requirements.capabilities", requirements.getCapabilities().size(), 0, MAX_CAPABILITIES);
        for (var capability : requirements.getCapabilities()) problems.word("requirements.capabilities", capability);
        problems.range("requirements.minimumHealthPpm", requirements.getMinimumHealthPpm(), 0, PPM);
    }

    private static void verification(Verification verification, Problems problems) {
        problems.range("verification.spotCheckPpm", verification.getSpotCheckPpm(), MIN_SPOT_CHECK_PPM, PPM);
        if (verification.getLevel() == VerificationLevel.QUORUM) {
            problems.range("verification.replicas", verification.getReplicas(), 2, 15);
            problems.range(
                    "verification.quorum",
                    verification.getQuorum(),
                    verification.getReplicas() / 2 + 1,
                    Math.max(verification.getReplicas(), 1));
        } else {
            problems.range("verification.replicas", verification.getReplicas(), 1, 1);
            problems.range("verification.quorum", verification.getQuorum(), 1, 1);
        }
    }

    private static String quote(String text) {
        return '"' + (text.length() <= 80 ? text : text.substring(0, 80) + "…") + '"';
    }

    private static final class Problems {
        private final List<Problem> found = new ArrayList<>();

        void unless(boolean fine, String field, String message) {
            if (!fine) found.add(new Problem(field, message));
        }

        void range(String field, long value, long least, long most) {
            unless(least <= value && value <= most, field, "is not " + least + "–" + most + ": " + value);
        }

        void word(String field, String word) {
            unless(WORD.matcher(word).matches(), field, "is not 1–63 of a–z 0–9 . _ -: " + quote(word));
        }
    }
}
