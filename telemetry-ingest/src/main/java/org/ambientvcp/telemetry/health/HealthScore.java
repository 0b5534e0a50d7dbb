package org.ambientvcp.telemetry.health;

import org.jspecify.annotations.Nullable;

/// score = 0.4·bandwidth + 0.3·latency + 0.2·compute + 0.1·reputation, each a share in parts per million.
/// Only integers, each division rounded down, so that every machine computes the same.
public final class HealthScore {
    public static final int PPM = 1_000_000;
    /// The largest count of verdicts the arithmetic is exact for.
    public static final long MAX_COUNT = 1_000_000_000_000L;

    private static final int BANDWIDTH_WEIGHT = 4;
    private static final int LATENCY_WEIGHT = 3;
    private static final int COMPUTE_WEIGHT = 2;
    private static final int REPUTATION_WEIGHT = 1;

    private static final int FULL_BANDWIDTH_KBPS = 1_000_000;
    private static final int WORST_LATENCY_MICROS = 100_000;
    private static final int NEW_NODE_PPM = 500_000;
    private static final int DISPUTE_PPM = 50_000;
    private static final int MOST_DISPUTES_PPM = 300_000;

    private HealthScore() {}

    /// min(Mbit/s / 1000, 1): one kbit/s is one part per million.
    public static int bandwidthPpm(int kbps) {
        return Math.min(kbps, FULL_BANDWIDTH_KBPS);
    }

    /// 1 − min(ms / 100, 1): one microsecond costs ten parts per million.
    public static int latencyPpm(int micros) {
        return PPM - Math.min(micros, WORST_LATENCY_MICROS) * (PPM / WORST_LATENCY_MICROS);
    }

    /// Mean of the free shares of processors and memory; the one there is if the other is missing;
    /// null if both are.
    public static @Nullable Integer computePpm(@Nullable Integer cpuFreePpm, @Nullable Integer memoryFreePpm) {
        if (cpuFreePpm == null) return memoryFreePpm;
        return memoryFreePpm == null ? cpuFreePpm : (Integer) ((cpuFreePpm + memoryFreePpm) / 2);
    }

    /// clamp(accepted / (accepted + failed) − min(0.05 · disputes, 0.3)); a share of 0.5 while nothing is known.
    ///
    /// @param accepted results accepted, 0–[#MAX_COUNT]; the others as well
    public static int reputationPpm(long accepted, long failed, long disputes) {
        var verdicts = accepted + failed;
        var share = verdicts == 0 ? NEW_NODE_PPM : accepted * PPM / verdicts;
        return (int) Math.max(0, share - Math.min(DISPUTE_PPM * disputes, MOST_DISPUTES_PPM));
    }

    /// The weighted mean of the components that are there: the weights of missing ones are left out of
    /// sum and divisor alike, so a missing sensor neither helps nor harms.
    ///
    /// @return 0–1,000,000
    public static int scorePpm(
            @Nullable Integer bandwidthPpm,
            @Nullable Integer latencyPpm,
            @Nullable Integer computePpm,
            int reputationPpm) {
        long sum = (long) REPUTATION_WEIGHT * reputationPpm;
        int weights = REPUTATION_WEIGHT;
        if (bandwidthPpm != null) {
            sum += (long) BANDWIDTH_WEIGHT * bandwidthPpm;
            weights += BANDWIDTH_WEIGHT;
        }
        if (latencyPpm != null) {
            sum += (long) LATENCY_WEIGHT * latencyPpm;
            weights += LATENCY_WEIGHT;
        }
        if (computePpm != null) {
            sum += (long) COMPUTE_WEIGHT * computePpm;
            weights += COMPUTE_WEIGHT;
        }
        return (int) (sum / weights);
    }
}
