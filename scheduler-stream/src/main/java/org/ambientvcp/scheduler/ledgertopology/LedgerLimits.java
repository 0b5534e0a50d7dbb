package org.ambientvcp.scheduler.ledgertopology;

/// Bounds of the ledger.
///
/// @param defaultMaxTasksInFlight tasks a tenant may have in flight if no quota was set, ≥ 0
/// @param maxRemembered settled holds, and grants, remembered at once by one partition, ≥ 1
public record LedgerLimits(int defaultMaxTasksInFlight, int maxRemembered) {
    public LedgerLimits {
        if (defaultMaxTasksInFlight < 0)
            throw new IllegalArgumentException("defaultMaxTasksInFlight is negative: " + defaultMaxTasksInFlight);
        if (maxRemembered < 1) throw new IllegalArgumentException("maxRemembered is not positive: " + maxRemembered);
    }
}
