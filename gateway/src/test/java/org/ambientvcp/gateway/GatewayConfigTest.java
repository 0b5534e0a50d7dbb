package org.ambientvcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    @Test
    void withoutSettingsItIsOpenToThisMachineOnly() {
        var config = GatewayConfig.from(new Settings(Map.of()));

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.apiKeysFile()).isNull();
    }

    @Test
    void withoutKeysNoOtherMachineMayReachIt() {
        assertThatThrownBy(() -> GatewayConfig.from(new Settings(Map.of("VCP_GATEWAY_HOST", "0.0.0.0"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("VCP_GATEWAY_HOST 0.0.0.0 is open to others, so VCP_API_KEYS_FILE must be set");
        assertThat(GatewayConfig.from(new Settings(Map.of("VCP_GATEWAY_HOST", "::1")))
                        .host())
                .isEqualTo("::1");
        assertThat(GatewayConfig.from(new Settings(Map.of("VCP_GATEWAY_HOST", "0.0.0.0", "VCP_API_KEYS_FILE", "keys")))
                        .host())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> GatewayConfig.from(new Settings(Map.of("VCP_MAX_BODY_BYTES", "1"))))
                .hasMessageStartingWith("VCP_MAX_BODY_BYTES is not ");
        assertThatThrownBy(() -> GatewayConfig.from(new Settings(Map.of("VCP_DEFAULT_TENANT", "A"))))
                .hasMessageStartingWith("VCP_DEFAULT_TENANT is not ");
    }
}
