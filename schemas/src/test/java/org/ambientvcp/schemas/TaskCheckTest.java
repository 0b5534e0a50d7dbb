package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCheckTest {

    @Test
    void nothingIsWrongWithAGoodTask() {
        assertThat(TaskCheck.problems(Samples.task())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "taskId, 'a', true",
        "taskId, 'A-b_c.9', true",
        "taskId, '', false",
        "taskId, '-a', false",
        "taskId, 'a/b', false",
        "taskId, 'ä', false",
        "tenant, 'acme-2', true",
        "tenant, 'Acme', false",
        "tenant, '', false",
        "tenant, 'a:b', false",
        "moduleSha256, 'ABCD', false",
        "submittedBy, '', true",
        "traceparent, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', true",
        "traceparent, 'junk', false",
    })
    void texts(String field, String value, boolean fine) {
        assertProblem(with(field, value), fine ? null : field);
    }

    @ParameterizedTest
    @CsvSource({
        "taskId, 128, true",
        "taskId, 129, false",
        "tenant, 63, true",
        "tenant, 64, false",
        "moduleSha256, 64, true",
        "moduleSha256, 63, false",
        "moduleSha256, 65, false",
        "submittedBy, 128, true",
        "submittedBy, 129, false",
    })
    void lengths(String field, int length, boolean fine) {
        assertProblem(with(field, "a".repeat(length)), fine ? null : field);
    }

    @ParameterizedTest
    @CsvSource({
        "priority, 0, 4",
        "maxAttempts, 1, 10",
    })
    void ranges(String field, int least, int most) {
        assertProblem(with(field, least), null);
        assertProblem(with(field, most), null);
        assertProblem(with(field, least - 1), field);
        assertProblem(with(field, most + 1), field);
    }

    @Test
    void reward() {
        assertProblem(with("rewardMicros", 0L), null);
        assertProblem(with("rewardMicros", TaskCheck.MAX_REWARD_MICROS), null);
        assertProblem(with("rewardMicros", TaskCheck.MAX_REWARD_MICROS + 1), "rewardMicros");
        assertProblem(with("rewardMicros", -1L), "rewardMicros");
    }

    @Test
    void limits() {
        assertProblem(with("limits", new Limits(0, 1L, 1, 0)), null);
        assertProblem(with("limits", new Limits(32_767, 1_000_000_000_000_000L, 3_600_000, 1 << 30)), null);
        assertProblem(with("limits", new Limits(-1, 1L, 1, 0)), "limits.memoryPages");
        assertProblem(with("limits", new Limits(32_768, 1L, 1, 0)), "limits.memoryPages");
        assertProblem(with("limits", new Limits(1, 0L, 1, 0)), "limits.gas");
        assertProblem(with("limits", new Limits(1, 1_000_000_000_000_001L, 1, 0)), "limits.gas");
        assertProblem(with("limits", new Limits(1, 1L, 0, 0)), "limits.wallMillis");
        assertProblem(with("limits", new Limits(1, 1L, 3_600_001, 0)), "limits.wallMillis");
        assertProblem(with("limits", new Limits(1, 1L, 1, -1)), "limits.outputBytes");
        assertProblem(with("limits", new Limits(1, 1L, 1, (1 << 30) + 1)), "limits.outputBytes");
    }

    @Test
    void requirements() {
        assertProblem(with("requirements", new Requirements(null, null, List.of(), 1_000_000)), null);
        assertProblem(with("requirements", new Requirements("EU", null, List.of(), 0)), "requirements.region");
        assertProblem(with("requirements", new Requirements("", null, List.of(), 0)), "requirements.region");
        assertProblem(
                with("requirements", new Requirements(null, null, List.of("a b"), 0)), "requirements.capabilities");
        assertProblem(
                with("requirements", new Requirements(null, null, Collections.nCopies(33, "gpu"), 0)),
                "requirements.capabilities");
        assertProblem(
                with("requirements", new Requirements(null, null, List.of(), -1)), "requirements.minimumHealthPpm");
        assertProblem(
                with("requirements", new Requirements(null, null, List.of(), 1_000_001)),
                "requirements.minimumHealthPpm");
    }

    @ParameterizedTest
    @CsvSource({
        "SIGNED, 1, 1, 20000,",
        "SPOT_CHECK, 1, 1, 1000000,",
        "SPOT_CHECK, 1, 1, 19999, verification.spotCheckPpm",
        "SPOT_CHECK, 1, 1, 1000001, verification.spotCheckPpm",
        "SPOT_CHECK, 2, 1, 20000, verification.replicas",
        "SIGNED, 1, 2, 20000, verification.quorum",
        "QUORUM, 2, 2, 20000,",
        "QUORUM, 3, 2, 20000,",
        "QUORUM, 15, 8, 20000,",
        "QUORUM, 15, 15, 20000,",
        "QUORUM, 1, 1, 20000, verification.replicas",
        "QUORUM, 16, 9, 20000, verification.replicas",
        "QUORUM, 4, 2, 20000, verification.quorum",
        "QUORUM, 3, 4, 20000, verification.quorum",
        "QUORUM, -2147483648, 0, 20000, verification.replicas",
    })
    void verification(VerificationLevel level, int replicas, int quorum, int spotCheckPpm, @Nullable String field) {
        assertProblem(with("verification", new Verification(level, replicas, quorum, spotCheckPpm)), field);
    }

    @Test
    void functions() {
        var one = new WasmValue(WasmType.I32, 1L);
        assertProblem(with("entry", new FunctionEntry("f".repeat(256), Collections.nCopies(64, one))), null);
        assertProblem(with("entry", new FunctionEntry("", List.of())), "entry.function");
        assertProblem(with("entry", new FunctionEntry("f".repeat(257), List.of())), "entry.function");
        assertProblem(with("entry", new FunctionEntry("f", Collections.nCopies(65, one))), "entry.arguments");
    }

    @Test
    void programs() {
        assertProblem(with("entry", new WasiEntry(Collections.nCopies(64, "a".repeat(4096)))), null);
        assertProblem(with("entry", new WasiEntry(Collections.nCopies(65, "a"))), "entry.arguments");
        assertProblem(with("entry", new WasiEntry(List.of("a".repeat(4097)))), "entry.arguments");
        assertProblem(with("entry", new WasiEntry(List.of("a\0b"))), "entry.arguments");
    }

    @Test
    void inputs() {
        assertProblem(with("input", new InlineBytes(ByteBuffer.allocate(256 * 1024))), null);
        assertProblem(with("input", new InlineBytes(ByteBuffer.allocate(256 * 1024 + 1))), "input");
        assertProblem(with("input", new BlobRef("ab".repeat(32), 1L << 30)), null);
        assertProblem(with("input", new BlobRef("../etc/passwd", 1L)), "input.sha256");
        assertProblem(with("input", new BlobRef("ab".repeat(32), -1L)), "input.sizeBytes");
        assertProblem(with("input", new BlobRef("ab".repeat(32), (1L << 30) + 1)), "input.sizeBytes");
    }

    @Test
    void aTaskOfFinePartsCanBeTooLargeAsAWhole() {
        var task = with("input", new InlineBytes(ByteBuffer.allocate(256 * 1024)));
        task.put("entry", new WasiEntry(Collections.nCopies(64, "a".repeat(4096))));

        assertProblem(task, "task");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "💥"})
    void aMessageQuotesOnlyTheStartOfWhatCame(String text) {
        var problems = TaskCheck.problems(with("tenant", text.repeat(100_000)));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("tenant is not 1–63 of a–z 0–9 -: \"")
                        .hasSizeLessThan(200));
    }

    @Test
    void everyProblemIsNamedInTheOrderOfTheFields() {
        var task = Samples.task();
        task.put("taskId", "");
        task.put("limits", new Limits(-1, 0L, 0, -1));
        task.put("priority", 9);

        assertThat(TaskCheck.problems(task))
                .extracting(TaskCheck.Problem::field)
                .containsExactly(
                        "taskId",
                        "limits.memoryPages",
                        "limits.gas",
                        "limits.wallMillis",
                        "limits.outputBytes",
                        "priority");
    }

    /// Records of the log can be anything; a rule that throws would stop the intake.
    @Test
    void noTaskMakesTheRulesThrow() {
        var records = new RandomRecords(new java.util.Random(21));
        for (int i = 0; i < 20_000; i++)
            assertThat(TaskCheck.problems(records.next(Task.class))).isNotEmpty();
    }

    private static Task with(String field, Object value) {
        var task = Samples.task();
        task.put(field, value);
        return task;
    }

    private static void assertProblem(Task task, @Nullable String field) {
        var fields = TaskCheck.problems(task).stream()
                .map(TaskCheck.Problem::field)
                .distinct()
                .toList();
        if (field == null) assertThat(fields).isEmpty();
        else assertThat(fields).first().isEqualTo(field);
    }
}
