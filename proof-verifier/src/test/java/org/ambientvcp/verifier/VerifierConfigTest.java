package org.ambientvcp.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierConfigTest {
    @Test
    void hasDefaultsForAllButNameAndOwner() {
        var config = config(Map.of());

        assertThat(config.parallel()).isEqualTo(2);
        assertThat(config.lock()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.mostDeliveries()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VCP_PARALLEL_VERIFICATIONS | 0 | VCP_PARALLEL_VERIFICATIONS is not 1–256: 0",
                "VCP_VERIFICATION_LOCK_MILLIS | 10 | VCP_VERIFICATION_LOCK_MILLIS is not 1000–3600000: 10",
                "VCP_VERIFICATION_DELIVERIES | 11 | VCP_VERIFICATION_DELIVERIES is not 1–10: 11",
                "VCP_REEXECUTION_WALL_FACTOR | x | VCP_REEXECUTION_WALL_FACTOR is not 1–100: x",
                "VCP_OWNER | A B | VCP_OWNER is not 1–63 of a–z 0–9 . _ -: A B",
            })
    void namesTheSettingThatIsWrong(String name, String value, String message) {
        assertThatThrownBy(() -> config(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }

    private static VerifierConfig config(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("VCP_NODE_NAME", "v", "VCP_OWNER", "o"));
        settings.putAll(more);
        return VerifierConfig.from(new Settings(settings));
    }
}
