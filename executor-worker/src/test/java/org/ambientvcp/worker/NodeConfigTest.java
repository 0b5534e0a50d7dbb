package org.ambientvcp.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeConfigTest {
    @Test
    void readsItsSettings() {
        var config = config(Map.of(
                "VCP_REGION", "eu-north",
                "VCP_NODE_TYPE", "edge",
                "VCP_CAPABILITIES", "simd, gpu,simd",
                "VCP_PARALLEL_TASKS", "4",
                "VCP_CELL", "3",
                "VCP_TDP_WATTS", "15",
                "VCP_TELEMETRY_INTERVAL_MILLIS", "500",
                "VCP_DATA_DIR", "there"));

        assertThat(config.nodeType()).isEqualTo(NodeType.EDGE);
        assertThat(config.capabilities()).containsExactly("gpu", "simd");
        assertThat(config.slots()).isEqualTo(4);
        assertThat(config.cell()).isEqualTo(3);
        assertThat(config.tdpMilliwatts()).isEqualTo(15_000);
        assertThat(config.telemetryInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.keyFile()).isEqualTo(Path.of("there/node.key"));
        assertThat(config.memoryBytes()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VCP_PARALLEL_TASKS | 0 | VCP_PARALLEL_TASKS is not 1–1024: 0",
                "VCP_PARALLEL_TASKS | many | VCP_PARALLEL_TASKS is not 1–1024: many",
                "VCP_TELEMETRY_INTERVAL_MILLIS | 99 | VCP_TELEMETRY_INTERVAL_MILLIS is not 100–60000: 99",
                "VCP_NODE_TYPE | TOASTER | VCP_NODE_TYPE is not one of SERVER, WORKSTATION, EDGE, MOBILE, BROWSER:"
                        + " TOASTER",
                "VCP_NODE_NAME | my node | VCP_NODE_NAME is not 1–63 of A–Z a–z 0–9 . _ -: my node",
                "VCP_OWNER | A B | VCP_OWNER is not 1–63 of a–z 0–9 . _ -: A B",
                "VCP_REGION | Ü | VCP_REGION is not 1–63 of a–z 0–9 . _ -: Ü",
                "VCP_CAPABILITIES | gpu,G PU | VCP_CAPABILITIES is not 1–63 of a–z 0–9 . _ -: G PU",
                "VCP_CELL | -1 | VCP_CELL is not 0–2147483647: -1",
            })
    void namesTheSettingThatIsWrong(String name, String value, String message) {
        assertThatThrownBy(() -> config(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }

    @Test
    void ownerMustBeSet() {
        assertThatThrownBy(() -> NodeConfig.from(new Settings(Map.of("VCP_NODE_NAME", "n"))))
                .hasMessage("VCP_OWNER is not set");
    }

    private static NodeConfig config(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("VCP_NODE_NAME", "n", "VCP_OWNER", "o"));
        settings.putAll(more);
        return NodeConfig.from(new Settings(settings));
    }
}
