package org.ambientvcp.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.scheduler.SchedulerConfig.Role;
import org.ambientvcp.scheduler.cell.CellSettings;
import org.ambientvcp.scheduler.ledgertopology.LedgerLimits;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerConfigTest {
    private static final String VERIFIER = Samples.VERIFIER.id();

    @Test
    void onlyTheTrustedVerifiersMustBeNamed() {
        var config = from(Map.of("VCP_TRUSTED_VERIFIERS", VERIFIER));

        assertThat(config.roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(config.trustedVerifiers()).containsExactly(VERIFIER);
        assertThat(config.ledgerLimits()).isEqualTo(new LedgerLimits(10_000, 200_000));
        assertThat(config.cellConfig()).isEqualTo(CellSettings.DEFAULT);
        assertThat(config.cellConfig(12).getCells()).isEqualTo(12);
        assertThat(config.intake().exactlyOnce()).isFalse();
        assertThat(config.ledger().exactlyOnce()).isTrue();
        assertThat(config.cells().exactlyOnce()).isTrue();
        assertThat(config.cells().commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.ledger().applicationId()).isEqualTo("vcp-ledger");
    }

    @Test
    void everySettingArrivesWhereItBelongs() {
        var settings = new Settings(Map.ofEntries(
                Map.entry("VCP_TRUSTED_VERIFIERS", VERIFIER + ", " + Samples.STRANGER.id()),
                Map.entry("VCP_SCHEDULER_ROLES", "Intake, cells"),
                Map.entry("VCP_STRATEGY", "least-loaded"),
                Map.entry("VCP_MAX_QUEUED_TASKS", "11"),
                Map.entry("VCP_LEASE_GRACE_MILLIS", "12"),
                Map.entry("VCP_VERIFICATION_TIMEOUT_MILLIS", "1300"),
                Map.entry("VCP_RETRY_BACKOFF_MILLIS", "14"),
                Map.entry("VCP_RETRY_BACKOFF_MAX_MILLIS", "15"),
                Map.entry("VCP_REMEMBER_MILLIS", "1600"),
                Map.entry("VCP_MAX_REMEMBERED", "17"),
                Map.entry("VCP_SLASH_PERCENT", "18"),
                Map.entry("VCP_MAX_EXTRA_REPLICAS", "3"),
                Map.entry("VCP_DEFAULT_MAX_TASKS_IN_FLIGHT", "20"),
                Map.entry("VCP_LEDGER_MAX_REMEMBERED", "21"),
                Map.entry("VCP_COMMIT_INTERVAL_MILLIS", "22"),
                Map.entry("VCP_STATE_DIR", "somewhere")));

        var config = SchedulerConfig.from(settings);

        assertThat(config.roles()).containsExactlyInAnyOrder(Role.INTAKE, Role.CELLS);
        assertThat(config.trustedVerifiers()).hasSize(2);
        var cell = config.cellConfig();
        assertThat(cell.getDefaultStrategy()).isEqualTo(Strategy.LEAST_LOADED);
        assertThat(cell.getMaxQueuedTasks()).isEqualTo(11);
        assertThat(cell.getLeaseGraceMillis()).isEqualTo(12);
        assertThat(cell.getVerificationTimeoutMillis()).isEqualTo(1_300);
        assertThat(cell.getRetryBackoffMillis()).isEqualTo(14);
        assertThat(cell.getRetryBackoffMaxMillis()).isEqualTo(15);
        assertThat(cell.getRememberMillis()).isEqualTo(1_600);
        assertThat(cell.getMaxRemembered()).isEqualTo(17);
        assertThat(cell.getSlashPercent()).isEqualTo(18);
        assertThat(cell.getMaxExtraReplicas()).isEqualTo(3);
        assertThat(config.ledgerLimits()).isEqualTo(new LedgerLimits(20, 21));
        assertThat(config.ledger().commitInterval()).isEqualTo(Duration.ofMillis(22));
        assertThat(config.cells().stateDirectory()).isEqualTo(Path.of("somewhere", "vcp-cells"));
        assertThat(settings.unread()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "VCP_SCHEDULER_ROLES, audit",
        "VCP_TRUSTED_VERIFIERS, somebody",
        "VCP_TRUSTED_VERIFIERS, ','",
        "VCP_STRATEGY, fastest",
        "VCP_MAX_QUEUED_TASKS, 0",
        "VCP_LEASE_GRACE_MILLIS, -1",
        "VCP_VERIFICATION_TIMEOUT_MILLIS, 999",
        "VCP_RETRY_BACKOFF_MILLIS, 3600001",
        "VCP_RETRY_BACKOFF_MAX_MILLIS, 499",
        "VCP_REMEMBER_MILLIS, 999",
        "VCP_MAX_REMEMBERED, 0",
        "VCP_SLASH_PERCENT, 101",
        "VCP_MAX_EXTRA_REPLICAS, 14",
        "VCP_DEFAULT_MAX_TASKS_IN_FLIGHT, many",
        "VCP_LEDGER_MAX_REMEMBERED, 0",
        "VCP_COMMIT_INTERVAL_MILLIS, 0"
    })
    void aWrongSettingIsNamedWithItsValue(String name, String value) {
        var settings = new HashMap<String, String>();
        settings.put("VCP_TRUSTED_VERIFIERS", VERIFIER);
        settings.put(name, value);

        assertThatThrownBy(() -> from(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name);
    }

    @Test
    void onlyTheIntakeNeedsTrustedVerifiers() {
        assertThat(from(Map.of("VCP_SCHEDULER_ROLES", "ledger")).trustedVerifiers())
                .isEmpty();
        assertThatThrownBy(() -> from(Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("VCP_TRUSTED_VERIFIERS is not set");
    }

    private static SchedulerConfig from(Map<String, String> settings) {
        return SchedulerConfig.from(new Settings(settings));
    }
}
