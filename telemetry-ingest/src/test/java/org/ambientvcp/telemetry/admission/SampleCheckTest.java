package org.ambientvcp.telemetry.admission;

import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.ambientvcp.events.TelemetrySample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleCheckTest {

    @Test
    void acceptsAnHonestSample() {
        assertThat(refusal(builder -> builder)).isNull();
    }

    @Test
    void acceptsASampleWithoutSensors() {
        assertThat(refusal(builder -> builder.setBandwidthKbps(null)
                        .setLatencyMicros(null)
                        .setCpuFreePpm(null)
                        .setMemoryFreePpm(null)
                        .setTemperatureMilliCelsius(null)))
                .isNull();
    }

    @Test
    void acceptsTheLimitsOfEveryRange() {
        assertThat(refusal(builder -> builder.setBandwidthKbps(0)
                        .setLatencyMicros(0)
                        .setCpuFreePpm(0)
                        .setMemoryFreePpm(0)
                        .setTemperatureMilliCelsius(-100_000)
                        .setBusySlots(0)))
                .isNull();
        assertThat(refusal(builder -> builder.setBandwidthKbps(1_000_000_000)
                        .setLatencyMicros(600_000_000)
                        .setCpuFreePpm(1_000_000)
                        .setMemoryFreePpm(1_000_000)
                        .setTemperatureMilliCelsius(200_000)
                        .setConsecutiveErrors(1_000_000_000)
                        .setBusySlots(1024)))
                .isNull();
    }

    @Test
    void sentinelsAreRefusedByName() {
        for (int sentinel : new int[] {Integer.MIN_VALUE, -1, Integer.MAX_VALUE}) {
            assertOutOfRange("bandwidthKbps is not 0–1000000000: ", sentinel, b -> b.setBandwidthKbps(sentinel));
            assertOutOfRange("latencyMicros is not 0–600000000: ", sentinel, b -> b.setLatencyMicros(sentinel));
            assertOutOfRange("cpuFreePpm is not 0–1000000: ", sentinel, b -> b.setCpuFreePpm(sentinel));
            assertOutOfRange("memoryFreePpm is not 0–1000000: ", sentinel, b -> b.setMemoryFreePpm(sentinel));
            assertOutOfRange(
                    "consecutiveErrors is not 0–1000000000: ", sentinel, b -> b.setConsecutiveErrors(sentinel));
            assertOutOfRange("busySlots is not 0–1024: ", sentinel, b -> b.setBusySlots(sentinel));
        }
        for (int sentinel : new int[] {Integer.MIN_VALUE, -100_001, 200_001, Integer.MAX_VALUE})
            assertOutOfRange(
                    "temperatureMilliCelsius is not -100000–200000: ",
                    sentinel,
                    b -> b.setTemperatureMilliCelsius(sentinel));
        for (long sentinel : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
            assertOutOfRange("epoch is not 0–9000000000000000000: ", sentinel, b -> b.setEpoch(sentinel));
            assertOutOfRange("sequence is not 0–9000000000000000000: ", sentinel, b -> b.setSequence(sentinel));
            assertOutOfRange(
                    "observedAtEpochMillis is not 0–9000000000000000000: ",
                    sentinel,
                    b -> b.setObservedAtEpochMillis(sentinel));
        }
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        assertThat(refusal(builder -> builder.setCpuFreePpm(-1).setBusySlots(-1)))
                .isEqualTo(new Refusal("out-of-range", "cpuFreePpm is not 0–1000000: -1; busySlots is not 0–1024: -1"));
    }

    @Test
    void clockMayBeTenMinutesOff() {
        assertThat(refusal(builder -> builder.setObservedAtEpochMillis(NOON + 600_000)))
                .isNull();
        assertThat(refusal(builder -> builder.setObservedAtEpochMillis(NOON - 600_000)))
                .isNull();
        assertThat(refusal(builder -> builder.setObservedAtEpochMillis(NOON + 600_001)))
                .isEqualTo(new Refusal(
                        "clock-skew",
                        "observedAtEpochMillis 1800000600001 is more than 600000 ms from the record's timestamp"
                                + " 1800000000000"));
        assertThat(refusal(builder -> builder.setObservedAtEpochMillis(NOON - 600_001)))
                .extracting(Refusal::code)
                .isEqualTo("clock-skew");
    }

    @Test
    void whatIsNotNewerIsAReplay() {
        var last = new EventOrder(1, 5);

        assertThat(SampleCheck.refusal(sample(6).build(), last, NOON)).isNull();
        assertThat(SampleCheck.refusal(sample(0).setEpoch(2).build(), last, NOON))
                .isNull();
        assertThat(SampleCheck.refusal(sample(5).build(), last, NOON))
                .isEqualTo(new Refusal("replayed", "expected (epoch, sequence) newer than (1, 5), got (1, 5)"));
        assertThat(SampleCheck.refusal(sample(9).setEpoch(0).build(), last, NOON))
                .isNotNull();
    }

    private static @Nullable Refusal refusal(UnaryOperator<TelemetrySample.Builder> change) {
        return SampleCheck.refusal(change.apply(sample(1)).build(), null, NOON);
    }

    private static void assertOutOfRange(String reason, long value, UnaryOperator<TelemetrySample.Builder> change) {
        assertThat(refusal(change)).isEqualTo(new Refusal("out-of-range", reason + value));
    }
}
