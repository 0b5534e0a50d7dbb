package org.ambientvcp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private final NodeLoad load = new NodeLoad();
    private Sensors.@Nullable Meter meter;
    private long nanos = 5_000_000_000L;
    private final Samples samples =
            new Samples("n1", 9, 65_000, new Fixed(), load, () -> Instant.ofEpochMilli(1_000), () -> nanos);

    private final class Fixed implements Sensors {
        @Override
        public Readings sample() {
            return new Readings(null, 800, null, 250_000, null);
        }

        @Override
        public @Nullable Meter meter() {
            return meter;
        }
    }

    @Test
    void missingSensorsAreNullAndTheSequenceGrows() {
        var first = samples.next();
        var second = samples.next();

        assertThat(first.getBandwidthKbps()).isNull();
        assertThat(first.getLatencyMicros()).isEqualTo(800);
        assertThat(first.getEnergy()).isNull();
        assertThat(first.getEpoch()).isEqualTo(9);
        assertThat(first.getSequence()).isEqualTo(1);
        assertThat(second.getSequence()).isEqualTo(2);
    }

    @Test
    void tellsTheErrorsInARowAndTheBusySlots() {
        load.started();
        load.gave(Outcome.NODE_FAILED);
        load.gave(Outcome.NODE_FAILED);
        assertThat(samples.next().getConsecutiveErrors()).isEqualTo(2);
        assertThat(samples.next().getBusySlots()).isEqualTo(1);

        load.gave(Outcome.TRAPPED);
        load.ended();

        assertThat(samples.next().getConsecutiveErrors()).isZero();
        assertThat(samples.next().getBusySlots()).isZero();
    }

    @Test
    void powerIsTheMeansGrowthSinceTheLastSample() {
        meter = new Sensors.Meter(EnergySource.RAPL, 1_000_000, 50_000);
        assertThat(samples.next().getEnergy().getPowerMilliwatts()).isZero();

        meter = new Sensors.Meter(EnergySource.RAPL, 61_000_000, 50_000);
        nanos += 2_000_000_000L;

        assertThat(samples.next().getEnergy().getPowerMilliwatts()).isEqualTo(30_000);
    }

    @Test
    void theModelNeverShowsMoreThanTheDesignPower() {
        meter = new Sensors.Meter(EnergySource.MODEL, 0, 300_000);
        samples.next();
        meter = new Sensors.Meter(EnergySource.MODEL, 9_000_000, 300_000);
        nanos += 100_000_000L;

        assertThat(samples.next().getEnergy().getPowerMilliwatts()).isEqualTo(65_000);
    }

    @Test
    void tasksNeverHaveMoreThanTheMeterShowsAndCatchUpLater() {
        load.used(500);
        meter = new Sensors.Meter(EnergySource.RAPL, 400, 50_000);
        assertThat(samples.next().getEnergy().getTasksMicrojoules()).isEqualTo(400);

        meter = new Sensors.Meter(EnergySource.RAPL, 900, 50_000);

        assertThat(samples.next().getEnergy().getTasksMicrojoules()).isEqualTo(500);
    }

    /// telemetry-ingest refuses tasks that grow by more than the node's whole meter.
    @Test
    void longRunIsShownAsFastAsTheMeterGrows() {
        meter = new Sensors.Meter(EnergySource.RAPL, 10_000, 50_000);
        samples.next();
        load.used(700);
        meter = new Sensors.Meter(EnergySource.RAPL, 10_300, 50_000);
        assertThat(samples.next().getEnergy().getTasksMicrojoules()).isEqualTo(300);

        meter = new Sensors.Meter(EnergySource.RAPL, 10_900, 50_000);

        assertThat(samples.next().getEnergy().getTasksMicrojoules()).isEqualTo(700);
    }
}
