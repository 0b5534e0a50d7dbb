package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.junit.jupiter.api.Test;

class ResultDigestTest {
    private static final Set<String> COVERED = Set.of(
            "moduleSha256",
            "outcome",
            "exitCode",
            "reason",
            "values",
            "outputSha256",
            "outputBytes",
            "gasUsed",
            "peakMemoryPages",
            "traceDigest");

    private static TaskResult result() {
        return Samples.result();
    }

    @Test
    void isPinned() {
        assertThat(ResultDigest.of(result()))
                .isEqualTo("4b2ba406db72b784672939eada47211e59ebbc76c140568abf5def0eece1c77a");
        assertThat(ResultDigest.commitment(new byte[] {1, 2, 3}, "n1", "d"))
                .isEqualTo("679b4c169ed5f1307c8dc094084c28605d1fa0a65566aa9fd28bd3a8c788708b");
    }

    @Test
    void everyFieldThatNodesMustAgreeOnChangesIt() {
        var changes = Map.<String, Object>of(
                "moduleSha256",
                "other",
                "outcome",
                Outcome.TRAPPED,
                "exitCode",
                8,
                "reason",
                "other",
                "values",
                List.of(new WasmValue(WasmType.I64, 5L)),
                "outputSha256",
                "other",
                "outputBytes",
                13L,
                "gasUsed",
                14L,
                "peakMemoryPages",
                15,
                "traceDigest",
                "other");
        assertThat(changes.keySet()).isEqualTo(COVERED);

        changes.forEach((field, value) -> {
            var changed = result();
            changed.put(changed.getSchema().getField(field).pos(), value);
            assertThat(ResultDigest.of(changed)).as(field).isNotEqualTo(ResultDigest.of(result()));
        });
    }

    @Test
    void noOtherFieldChangesIt() {
        var other = new RandomRecords(new java.util.Random(5)).next(TaskResult.class);
        for (var field : other.getSchema().getFields())
            if (COVERED.contains(field.name())) other.put(field.pos(), result().get(field.pos()));

        assertThat(other).isNotEqualTo(result());
        assertThat(ResultDigest.of(other)).isEqualTo(ResultDigest.of(result()));
    }

    @Test
    void valuesDifferByTypeBitsAndOrder() {
        var one = new WasmValue(WasmType.I32, 1L);
        var two = new WasmValue(WasmType.I32, 2L);

        assertThat(Set.of(
                        digestOf(one),
                        digestOf(two),
                        digestOf(one, two),
                        digestOf(two, one),
                        digestOf(new WasmValue(WasmType.F32, 1L)),
                        digestOf()))
                .hasSize(6);
    }

    @Test
    void textsDoNotRunIntoEachOther() {
        var left = result();
        left.put("outputSha256", "ab");
        left.put("traceDigest", "c");
        var right = result();
        right.put("outputSha256", "a");
        right.put("traceDigest", "bc");

        assertThat(ResultDigest.of(left)).isNotEqualTo(ResultDigest.of(right));
    }

    @Test
    void aCommitmentBindsSaltNodeAndResult() {
        assertThat(Set.of(
                        ResultDigest.commitment(new byte[] {1}, "n1", "d"),
                        ResultDigest.commitment(new byte[] {2}, "n1", "d"),
                        ResultDigest.commitment(new byte[] {1}, "n2", "d"),
                        ResultDigest.commitment(new byte[] {1}, "n1", "e"),
                        ResultDigest.commitment(new byte[] {}, "n1", "d"),
                        ResultDigest.commitment(new byte[] {1}, "n1d", "")))
                .hasSize(6);
    }

    private static String digestOf(WasmValue... values) {
        var result = result();
        result.put("values", List.of(values));
        return ResultDigest.of(result);
    }
}
