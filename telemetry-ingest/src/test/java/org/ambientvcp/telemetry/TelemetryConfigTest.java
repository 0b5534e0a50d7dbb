package org.ambientvcp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;
import org.junit.jupiter.api.Test;

class TelemetryConfigTest {

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        var config = TelemetryConfig.from(new Settings(Map.of()));

        assertThat(config.scoreStepPpm()).isEqualTo(10_000);
        assertThat(config.carbon().milligramsPerKwh("nowhere")).isEqualTo(473_000);
        assertThat(config.streams().applicationId()).isEqualTo("vcp-telemetry");
        assertThat(config.streams().exactlyOnce()).isTrue();
        assertThat(config.streams().commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.streams().stateDirectory()).isEqualTo(Path.of("state", "vcp-telemetry"));
    }

    @Test
    void everySettingIsRead() {
        var settings = new Settings(Map.of(
                "VCP_SCORE_STEP_PPM", "5000",
                "VCP_TELEMETRY_COMMIT_MILLIS", "20",
                "VCP_CARBON_INTENSITY", "eu-north=20000, world=400000",
                "VCP_STREAM_THREADS", "3"));

        var config = TelemetryConfig.from(settings);

        assertThat(config.scoreStepPpm()).isEqualTo(5_000);
        assertThat(config.streams().commitInterval()).isEqualTo(Duration.ofMillis(20));
        assertThat(config.streams().threads()).isEqualTo(3);
        assertThat(config.carbon().milligramsPerKwh("eu-north")).isEqualTo(20_000);
        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void wrongSettingIsNamed() {
        assertWrong("VCP_SCORE_STEP_PPM", "0", "VCP_SCORE_STEP_PPM is not 1–1000000: 0");
        assertWrong("VCP_TELEMETRY_COMMIT_MILLIS", "x", "VCP_TELEMETRY_COMMIT_MILLIS is not 1–60000: x");
        assertWrong(
                "VCP_CARBON_INTENSITY",
                "eu:3",
                "VCP_CARBON_INTENSITY: expected region=milligrams per kWh, 0–5000000, got \"eu:3\"");
    }

    private static void assertWrong(String name, String value, String message) {
        assertThatThrownBy(() -> TelemetryConfig.from(new Settings(Map.of(name, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }
}
