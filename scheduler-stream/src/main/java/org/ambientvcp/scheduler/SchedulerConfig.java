package org.ambientvcp.scheduler;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.scheduler.ledgertopology.LedgerLimits;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.signing.NodeId;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;
import org.ambientvcp.service.StreamsOptions;

/// How the scheduler runs; docs/configuration.md says what each setting means.
///
/// @param roles which of its applications this process runs, at least one
/// @param trustedVerifiers node ids whose verdicts count; not empty where the intake runs
/// @param ledgerLimits bounds of the ledger
/// @param cellConfig settings of a cell until its log holds others; the number of cells in it is not read
/// @param intake how the intake runs: at least once
/// @param ledger how the ledger runs: exactly once
/// @param cells how the cells run: exactly once
public record SchedulerConfig(
        Set<Role> roles,
        Set<String> trustedVerifiers,
        LedgerLimits ledgerLimits,
        CellConfig cellConfig,
        StreamsOptions intake,
        StreamsOptions ledger,
        StreamsOptions cells) {
    /// How much of its input the intake may read again after a crash; its outputs do not wait for a commit.
    private static final Duration INTAKE_COMMIT_INTERVAL = Duration.ofMillis(100);

    /// One application of the scheduler.
    public enum Role {
        INTAKE,
        LEDGER,
        CELLS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SchedulerConfig {
        roles = Set.copyOf(roles);
        trustedVerifiers = Set.copyOf(trustedVerifiers);
        if (roles.isEmpty()) throw new IllegalArgumentException("roles is empty");
        if (roles.contains(Role.INTAKE) && trustedVerifiers.isEmpty())
            throw new IllegalArgumentException("trustedVerifiers is empty: no verdict would ever count");
    }

    /// The settings of a cell in a cluster of this many.
    CellConfig cellConfig(int cells) {
        AvroCodec.schema(CellConfig.class); // makes Avro trust our records: a builder needs that before it copies one
        return CellConfig.newBuilder(cellConfig).setCells(cells).build();
    }

    /// @throws InvalidSettingException that names the setting, what was expected and what came
    public static SchedulerConfig from(Settings settings) {
        var roles = roles(settings.list("VCP_SCHEDULER_ROLES"));
        var commitInterval = settings.millis("VCP_COMMIT_INTERVAL_MILLIS", 100, 1, 10_000);
        return new SchedulerConfig(
                roles,
                trustedVerifiers(settings, roles),
                new LedgerLimits(
                        settings.integer("VCP_DEFAULT_MAX_TASKS_IN_FLIGHT", 10_000, 0, 1_000_000),
                        settings.integer("VCP_LEDGER_MAX_REMEMBERED", 200_000, 1, 10_000_000)),
                cellConfig(settings),
                StreamsOptions.from(settings, "vcp-intake", false, INTAKE_COMMIT_INTERVAL),
                StreamsOptions.from(settings, "vcp-ledger", true, commitInterval),
                StreamsOptions.from(settings, "vcp-cells", true, commitInterval));
    }

    private static Set<Role> roles(List<String> words) {
        if (words.isEmpty()) return EnumSet.allOf(Role.class);
        return words.stream().map(SchedulerConfig::role).collect(Collectors.toSet());
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(role -> role.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "VCP_SCHEDULER_ROLES has a word that is not intake, ledger or cells: " + word));
    }

    private static Set<String> trustedVerifiers(Settings settings, Set<Role> roles) {
        if (roles.contains(Role.INTAKE)) settings.text("VCP_TRUSTED_VERIFIERS");
        var ids = settings.list("VCP_TRUSTED_VERIFIERS");
        for (var id : ids)
            if (!NodeId.isWellFormed(id))
                throw new InvalidSettingException(
                        "VCP_TRUSTED_VERIFIERS has a word that is not a node id (n and 32 lower-case hex digits): "
                                + id);
        if (roles.contains(Role.INTAKE) && ids.isEmpty())
            throw new InvalidSettingException("VCP_TRUSTED_VERIFIERS names no node id");
        return Set.copyOf(ids);
    }

    private static CellConfig cellConfig(Settings settings) {
        var backoff = settings.integer("VCP_RETRY_BACKOFF_MILLIS", 500, 0, 3_600_000);
        return CellConfig.newBuilder()
                .setDefaultStrategy(settings.choice("VCP_STRATEGY", Strategy.class, Strategy.WEIGHTED))
                .setMaxQueuedTasks(settings.integer("VCP_MAX_QUEUED_TASKS", 100_000, 1, 10_000_000))
                .setLeaseGraceMillis(settings.integer("VCP_LEASE_GRACE_MILLIS", 5_000, 0, 3_600_000))
                .setVerificationTimeoutMillis(
                        settings.integer("VCP_VERIFICATION_TIMEOUT_MILLIS", 30_000, 1_000, 86_400_000))
                .setRetryBackoffMillis(backoff)
                .setRetryBackoffMaxMillis(settings.integer(
                        "VCP_RETRY_BACKOFF_MAX_MILLIS", Math.max(30_000, backoff), backoff, 86_400_000))
                .setRememberMillis(settings.number("VCP_REMEMBER_MILLIS", 3_600_000, 1_000, 2_592_000_000L))
                .setMaxRemembered(settings.integer("VCP_MAX_REMEMBERED", 100_000, 1, 10_000_000))
                .setSlashPercent(settings.integer("VCP_SLASH_PERCENT", 50, 0, 100))
                .setMaxExtraReplicas(settings.integer("VCP_MAX_EXTRA_REPLICAS", 2, 0, 13))
                .setCells(1)
                .setForgetNodesMillis(settings.number("VCP_FORGET_NODES_MILLIS", 3_600_000, 60_000, 2_592_000_000L))
                .setMaxVerificationJobs(settings.integer("VCP_MAX_VERIFICATION_JOBS", 10, 1, 1_000))
                .build();
    }
}
