package org.ambientvcp.telemetry.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CarbonIntensityTest {

    @Test
    void regionIsLookedUpFromTheMostExactToTheWorld() {
        assertThat(CarbonIntensity.DEFAULT.milligramsPerKwh("fr")).isEqualTo(44_000);
        assertThat(CarbonIntensity.DEFAULT.milligramsPerKwh("fr-south-2")).isEqualTo(44_000);
        assertThat(CarbonIntensity.DEFAULT.milligramsPerKwh("eu-central")).isEqualTo(284_000);
        assertThat(CarbonIntensity.DEFAULT.milligramsPerKwh("mars")).isEqualTo(473_000);
        assertThat(CarbonIntensity.DEFAULT.milligramsPerKwh("-")).isEqualTo(473_000);
        assertThat(CarbonIntensity.DEFAULT.milligramsPerKwh("")).isEqualTo(473_000);
    }

    @Test
    void overridesWin() {
        var table = CarbonIntensity.DEFAULT.with(List.of("eu-north=20000", "world = 1"));

        assertThat(table.milligramsPerKwh("eu-north-1")).isEqualTo(20_000);
        assertThat(table.milligramsPerKwh("eu-west")).isEqualTo(284_000);
        assertThat(table.milligramsPerKwh("mars")).isEqualTo(1);
    }

    @Test
    void malformedOverrideIsQuoted() {
        for (var wrong : List.of("eu", "eu=", "eu=-1", "eu=5000001", "EU=1", "eu=1.5", "=4"))
            assertThatThrownBy(() -> CarbonIntensity.DEFAULT.with(List.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected region=milligrams per kWh, 0–5000000, got \"" + wrong + '"');
    }

    @Test
    void tableWithoutTheWorldIsRefused() {
        assertThatThrownBy(() -> new CarbonIntensity(Map.of("eu", 1))).hasMessageContaining("world");
    }

    @Test
    void kilowattHourWeighsItsIntensity() {
        assertThat(CarbonIntensity.micrograms(3_600_000_000_000L, 473_000)).isEqualTo(473_000_000);
    }

    @Test
    void microgramsAreRoundedHalfUp() {
        assertThat(CarbonIntensity.micrograms(1_799_999_999, 1)).isZero();
        assertThat(CarbonIntensity.micrograms(1_800_000_000, 1)).isEqualTo(1);
        assertThat(CarbonIntensity.micrograms(5_399_999_999L, 1)).isEqualTo(1);
    }
}
