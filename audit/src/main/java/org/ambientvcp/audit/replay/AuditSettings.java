package org.ambientvcp.audit.replay;

import java.util.Set;
import org.ambientvcp.telemetry.energy.CarbonIntensity;

/// Settings of the services that are in no log. Who audits says what they should have been.
///
/// @param trustedVerifiers node ids whose verdicts count
/// @param defaultMaxTasksInFlight tasks a tenant may have in flight if no quota was set
/// @param maxRemembered settled holds, and grants, remembered at once by a partition of the ledger
/// @param scoreStepPpm a score that moves by this much is news to the cell
/// @param carbon grid intensity by region
public record AuditSettings(
        Set<String> trustedVerifiers,
        int defaultMaxTasksInFlight,
        int maxRemembered,
        int scoreStepPpm,
        CarbonIntensity carbon) {
    /// The services' own defaults.
    public static final int DEFAULT_MAX_TASKS_IN_FLIGHT = 10_000;

    public static final int DEFAULT_MAX_REMEMBERED = 200_000;
    public static final int DEFAULT_SCORE_STEP_PPM = 10_000;

    public AuditSettings {
        trustedVerifiers = Set.copyOf(trustedVerifiers);
    }

    public static AuditSettings trusting(Set<String> verifiers) {
        return new AuditSettings(
                verifiers,
                DEFAULT_MAX_TASKS_IN_FLIGHT,
                DEFAULT_MAX_REMEMBERED,
                DEFAULT_SCORE_STEP_PPM,
                CarbonIntensity.DEFAULT);
    }
}
