package org.ambientvcp.telemetry.admission;

import static org.ambientvcp.telemetry.Nodes.registration;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegistrationCheckTest {

    @Test
    void acceptsAnHonestRegistration() {
        assertThat(refusal(builder -> builder)).isNull();
        assertThat(refusal(builder -> builder.setRole(NodeRole.VERIFIER))).isNull();
        assertThat(refusal(builder -> builder.setCapabilities(List.of()))).isNull();
    }

    @Test
    void acceptsTheLimitsOfEveryRange() {
        assertThat(refusal(builder -> builder.setSlots(1)
                        .setMemoryBytes(1)
                        .setTdpMilliwatts(1)
                        .setCell(0)
                        .setTelemetryIntervalMillis(100)
                        .setEpoch(0)
                        .setSequence(0)))
                .isNull();
        assertThat(refusal(builder -> builder.setSlots(1024)
                        .setMemoryBytes(1L << 50)
                        .setTdpMilliwatts(100_000_000)
                        .setTelemetryIntervalMillis(3_600_000)))
                .isNull();
    }

    @Test
    void namesEveryFieldThatIsOutOfRange() {
        assertOutOfRange("slots is not 1–1024: 0", builder -> builder.setSlots(0));
        assertOutOfRange("slots is not 1–1024: 1025", builder -> builder.setSlots(1025));
        assertOutOfRange("slots is not 1–1024: -1", builder -> builder.setSlots(-1));
        assertOutOfRange("memoryBytes is not 1–1125899906842624: 0", builder -> builder.setMemoryBytes(0));
        assertOutOfRange(
                "memoryBytes is not 1–1125899906842624: 9223372036854775807",
                builder -> builder.setMemoryBytes(Long.MAX_VALUE));
        assertOutOfRange("tdpMilliwatts is not 1–100000000: 0", builder -> builder.setTdpMilliwatts(0));
        assertOutOfRange(
                "tdpMilliwatts is not 1–100000000: 2147483647", builder -> builder.setTdpMilliwatts(Integer.MAX_VALUE));
        assertOutOfRange(
                "telemetryIntervalMillis is not 100–3600000: 99", builder -> builder.setTelemetryIntervalMillis(99));
        assertOutOfRange(
                "telemetryIntervalMillis is not 100–3600000: 3600001",
                builder -> builder.setTelemetryIntervalMillis(3_600_001));
        assertOutOfRange("cell is not 0–2147483647: -1", builder -> builder.setCell(-1));
        assertOutOfRange("epoch is not 0–9000000000000000000: -1", builder -> builder.setEpoch(-1));
        assertOutOfRange(
                "sequence is not 0–9000000000000000000: 9223372036854775807",
                builder -> builder.setSequence(Long.MAX_VALUE));
    }

    @Test
    void wordsAreWords() {
        assertOutOfRange("name is not 1–63 of A–Z a–z 0–9 . _ -: \"\"", builder -> builder.setName(""));
        assertOutOfRange("name is not 1–63 of A–Z a–z 0–9 . _ -: \"a\nb\"", builder -> builder.setName("a\nb"));
        assertOutOfRange("ownerId is not 1–128 of A–Z a–z 0–9 . _ -: \"\"", builder -> builder.setOwnerId(""));
        assertOutOfRange("region is not 1–63 of a–z 0–9 . _ -: \"EU\"", builder -> builder.setRegion("EU"));
        assertOutOfRange(
                "softwareVersion is not 1–64 printable characters: \"1 0\"",
                builder -> builder.setSoftwareVersion("1 0"));
        assertOutOfRange(
                "capabilities is not 1–63 of a–z 0–9 . _ -: \"GPU\"",
                builder -> builder.setCapabilities(List.of("GPU")));
    }

    @Test
    void longTextIsQuotedInPart() {
        assertOutOfRange(
                "region is not 1–63 of a–z 0–9 . _ -: \"" + "x".repeat(80) + "…\"",
                builder -> builder.setRegion("x".repeat(1_000_000)));
    }

    @Test
    void capabilitiesAreSortedWithoutRepeats() {
        assertOutOfRange(
                "capabilities is not sorted without repeats",
                builder -> builder.setCapabilities(List.of("simd", "gpu")));
        assertOutOfRange(
                "capabilities is not sorted without repeats",
                builder -> builder.setCapabilities(List.of("gpu", "gpu")));
    }

    @Test
    void tooManyCapabilitiesAreCountedAndNotListed() {
        assertOutOfRange(
                "capabilities has more than 32 words: 33; capabilities is not sorted without repeats",
                builder -> builder.setCapabilities(Collections.nCopies(33, "gpu")));
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        assertOutOfRange(
                "region is not 1–63 of a–z 0–9 . _ -: \"\"; slots is not 1–1024: 0",
                builder -> builder.setSlots(0).setRegion(""));
    }

    @Test
    void cellThatDoesNotExistIsUnknown() {
        assertThat(refusal(builder -> builder.setCell(3))).isEqualTo(new Refusal("unknown-cell", "cell is not 0–2: 3"));
    }

    @Test
    void whatIsNotNewerIsAReplay() {
        var known = registration().setEpoch(5).setSequence(5).build();

        assertThat(refusalAfter(known, 5, 6)).isNull();
        assertThat(refusalAfter(known, 6, 0)).isNull();
        assertThat(refusalAfter(known, 5, 5))
                .isEqualTo(new Refusal("replayed", "expected (epoch, sequence) newer than (5, 5), got (5, 5)"));
        assertThat(refusalAfter(known, 5, 4)).isNotNull();
        assertThat(refusalAfter(known, 4, 9)).isNotNull();
    }

    private static @Nullable Refusal refusalAfter(NodeRegistration known, long epoch, long sequence) {
        return RegistrationCheck.refusal(
                registration().setEpoch(epoch).setSequence(sequence).build(), known, 3);
    }

    private static @Nullable Refusal refusal(UnaryOperator<NodeRegistration.Builder> change) {
        return RegistrationCheck.refusal(change.apply(registration()).build(), null, 3);
    }

    private static void assertOutOfRange(String reason, UnaryOperator<NodeRegistration.Builder> change) {
        assertThat(refusal(change)).isEqualTo(new Refusal("out-of-range", reason));
    }
}
