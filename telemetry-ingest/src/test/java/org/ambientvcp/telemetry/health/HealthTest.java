package org.ambientvcp.telemetry.health;

import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.reputation;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TelemetrySample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void firstSampleIsScoredAsItIs() {
        var health = after(null, sample(7).build(), null, NOON).published();

        assertThat(health.getBandwidthPpm()).isEqualTo(500_000);
        assertThat(health.getLatencyPpm()).isEqualTo(800_000);
        assertThat(health.getComputePpm()).isEqualTo(500_000);
        assertThat(health.getReputationPpm()).isEqualTo(500_000);
        assertThat(health.getScorePpm()).isEqualTo(590_000);
        assertThat(health.getBreaker()).isEqualTo(Breaker.CLOSED);
        assertThat(health.getBreakerReason()).isNull();
        assertThat(health.getSequence()).isEqualTo(7);
        assertThat(health.getSampledAtEpochMillis()).isEqualTo(NOON);
        assertThat(health.getName()).isEqualTo("alice");
        assertThat(health.getCell()).isEqualTo(2);
        assertThat(health.getPowerMilliwatts()).isEqualTo(50_000);
    }

    @Test
    void laterSamplesAreSmoothed() {
        var first = after(null, sample(1).build(), null, NOON);

        var second = after(first, sample(2).setBandwidthKbps(900_000).build(), null, NOON + 10_000);

        assertThat(second.published().getSmoothedBandwidthKbps()).isBetween(700_000, 700_001);
    }

    @Test
    void latencyOpensTheBreakerOnlyWhenItsAverageDoes() {
        var state = after(null, sample(1).build(), null, NOON);
        state = after(state, sample(2).setLatencyMicros(150_000).build(), null, NOON + 1_000);
        assertThat(state.breaker().breaker()).isEqualTo(Breaker.CLOSED);

        for (int i = 2; i < 60; i++)
            state = after(state, sample(i + 1).setLatencyMicros(150_000).build(), null, NOON + i * 1_000L);

        assertThat(state.breaker().breaker()).isEqualTo(Breaker.OPEN);
        assertThat(state.published().getBreakerReason()).startsWith("latency 10");
    }

    @Test
    void temperatureIsNotSmoothed() {
        var first = after(null, sample(1).build(), null, NOON);

        var hot = after(first, sample(2).setTemperatureMilliCelsius(85_001).build(), null, NOON + 1);

        assertThat(hot.published().getBreaker()).isEqualTo(Breaker.OPEN);
        assertThat(hot.published().getBreakerSinceEpochMillis()).isEqualTo(NOON + 1);
    }

    @Test
    void silentSensorIsMissingAndNotForgotten() {
        var first = after(null, sample(1).build(), null, NOON);

        var silent = after(first, sample(2).setBandwidthKbps(null).build(), null, NOON + 5_000);
        var back = after(silent, sample(3).setBandwidthKbps(900_000).build(), null, NOON + 10_000);

        assertThat(silent.published().getBandwidthPpm()).isNull();
        assertThat(silent.published().getSmoothedBandwidthKbps()).isNull();
        assertThat(silent.published().getScorePpm()).isEqualTo((3 * 800_000 + 2 * 500_000 + 500_000) / 6);
        assertThat(back.published().getSmoothedBandwidthKbps()).isBetween(700_000, 700_001);
    }

    @Test
    void nodeWithoutSensorsIsScoredByItsReputation() {
        var blind = sample(1)
                .setBandwidthKbps(null)
                .setLatencyMicros(null)
                .setCpuFreePpm(null)
                .setMemoryFreePpm(null)
                .setTemperatureMilliCelsius(null)
                .build();

        assertThat(after(null, blind, reputation(9, 1, 0), NOON).published().getScorePpm())
                .isEqualTo(900_000);
    }

    @Test
    void timeOfARecordNeverRunsBackwards() {
        var first = after(null, sample(1).build(), null, NOON);

        var late = after(first, sample(2).setBandwidthKbps(900_000).build(), null, NOON - 5_000);

        assertThat(late.published().getSampledAtEpochMillis()).isEqualTo(NOON);
        assertThat(late.published().getSmoothedBandwidthKbps()).isEqualTo(500_000);
    }

    @Test
    void verdictsChangeReputationAndScoreOnly() {
        var before = after(null, sample(1).build(), null, NOON);

        var after = Health.afterVerdicts(before, null, reputation(10, 0, 0), NOON + 2_000);

        assertThat(after.published().getReputationPpm()).isEqualTo(1_000_000);
        assertThat(after.published().getScorePpm()).isEqualTo(640_000);
        assertThat(after.published().getSampledAtEpochMillis()).isEqualTo(NOON);
        assertThat(after.published().getSequence()).isEqualTo(1);
        assertThat(before.published().getScorePpm()).isEqualTo(590_000);
    }

    @Test
    void firstVerdictEverEndsAProbe() {
        var state = after(null, sample(1).setTemperatureMilliCelsius(90_000).build(), null, NOON);
        state = after(state, sample(2).build(), null, NOON + 30_000);
        assertThat(state.published().getBreaker()).isEqualTo(Breaker.HALF_OPEN);

        var closed = Health.afterVerdicts(state, null, reputation(1, 0, 0), NOON + 31_000);
        var open = Health.afterVerdicts(state, null, reputation(0, 1, 0), NOON + 31_000);

        assertThat(closed.published().getBreaker()).isEqualTo(Breaker.CLOSED);
        assertThat(open.published().getBreaker()).isEqualTo(Breaker.OPEN);
        assertThat(open.published().getBreakerSinceEpochMillis()).isEqualTo(NOON + 31_000);
    }

    private static HealthState after(
            @Nullable HealthState last, TelemetrySample sample, @Nullable Reputation reputation, long now) {
        return Health.afterSample(last, registration().build(), reputation, sample, 50_000, now);
    }
}
