package org.ambientvcp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.events.EnergySource;
import org.ambientvcp.worker.Sensors.Meter;
import org.ambientvcp.worker.TaskEnergy.Attribution;
import org.junit.jupiter.api.Test;

class TaskEnergyTest {
    @Test
    void withoutAMeterAProcessorTakesItsShareOfTheDesignPower() {
        // 65 W, 4 processors, 2 s of one of them: 65 / 4 · 2 = 32.5 J
        assertThat(TaskEnergy.of(2_000_000, 3_000_000, null, null, 65_000, 4))
                .isEqualTo(new Attribution(32_500_000, EnergySource.MODEL));
    }

    @Test
    void aMeterIsSharedByProcessorTime() {
        // 100 J in 2 s on 4 processors, of whose 8 s the run had 2
        assertThat(TaskEnergy.of(2_000_000, 2_000_000, rapl(5_000_000), rapl(105_000_000), 65_000, 4))
                .isEqualTo(new Attribution(25_000_000, EnergySource.RAPL));
    }

    @Test
    void neverMoreThanTheMeterShows() {
        assertThat(TaskEnergy.of(9_000_000, 1_000_000, rapl(0), rapl(70), 65_000, 2))
                .isEqualTo(new Attribution(70, EnergySource.RAPL));
    }

    @Test
    void aMeterThatIsAModelGivesWayToTheModelOfTheRun() {
        var model = new Meter(EnergySource.MODEL, 1, 300_000);

        assertThat(TaskEnergy.of(1_000_000, 1_000_000, model, model, 10_000, 1))
                .isEqualTo(new Attribution(10_000_000, EnergySource.MODEL));
    }

    @Test
    void aMeterThatWentAwayGivesWayToTheModel() {
        assertThat(TaskEnergy.of(1_000_000, 1_000_000, rapl(1), null, 10_000, 1).source())
                .isEqualTo(EnergySource.MODEL);
    }

    @Test
    void aRunOfNoTimeUsesNothing() {
        assertThat(TaskEnergy.of(0, 0, rapl(3), rapl(3), 65_000, 2)).isEqualTo(new Attribution(0, EnergySource.RAPL));
    }

    private static Meter rapl(long microjoules) {
        return new Meter(EnergySource.RAPL, microjoules, 50_000);
    }
}
