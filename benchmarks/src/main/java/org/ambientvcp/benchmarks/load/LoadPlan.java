package org.ambientvcp.benchmarks.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.VerificationLevel;

/// What is to be measured.
///
/// @param nodes simulated nodes, ≥ 1
/// @param slots tasks that a node runs at once, ≥ 1
/// @param cells partitions of the cell topics, ≥ 1
/// @param partitions partitions of the topics that are partitioned by key, ≥ 1
/// @param tenants who submit in turn, ≥ 1
/// @param rate tasks a second
/// @param seconds how long is measured
/// @param warmupSeconds how long the same load is sent before, not counted
/// @param drainSeconds how long the end of the last tasks is awaited, at most
/// @param shortestMillis of a task's run
/// @param longestMillis of a task's run; lengths are evenly spread between
/// @param telemetryMillis time between two samples of a node
/// @param verification SIGNED or QUORUM (3 replicas, 2 equal)
/// @param speculative whether nodes start from assignments that are not committed yet
/// @param output where histograms and the report go
/// @param settings of the services, by the names of docs/configuration.md
/// @param brokerJvm options of the broker's JVM
/// @param servicesJvm options of the services' JVM
record LoadPlan(
        int nodes,
        int slots,
        int cells,
        int partitions,
        int tenants,
        int rate,
        int seconds,
        int warmupSeconds,
        int drainSeconds,
        int shortestMillis,
        int longestMillis,
        int telemetryMillis,
        Strategy strategy,
        VerificationLevel verification,
        boolean speculative,
        Path output,
        Map<String, String> settings,
        List<String> brokerJvm,
        List<String> servicesJvm) {
    LoadPlan {
        settings = Map.copyOf(settings);
        brokerJvm = List.copyOf(brokerJvm);
        servicesJvm = List.copyOf(servicesJvm);
        positive("--nodes", nodes);
        positive("--slots", slots);
        positive("--cells", cells);
        positive("--partitions", partitions);
        positive("--tenants", tenants);
        positive("--rate", rate);
        positive("--seconds", seconds);
        positive("--telemetry-millis", telemetryMillis);
        if (warmupSeconds < 0) throw new IllegalArgumentException("--warmup is negative: " + warmupSeconds);
        if (drainSeconds < 0) throw new IllegalArgumentException("--drain is negative: " + drainSeconds);
        if (shortestMillis < 0 || longestMillis < shortestMillis)
            throw new IllegalArgumentException("--run is not a range: " + shortestMillis + "-" + longestMillis);
        if (verification == VerificationLevel.SPOT_CHECK)
            throw new IllegalArgumentException(
                    "--verification is not SIGNED or QUORUM: a re-execution would refuse simulated results");
    }

    private static void positive(String option, int value) {
        if (value < 1) throw new IllegalArgumentException(option + " is not positive: " + value);
    }

    /// Tasks of warm-up and measurement together.
    int tasks() {
        return Math.multiplyExact(rate, warmupSeconds + seconds);
    }

    /// The number of the first task that is counted.
    int firstMeasured() {
        return rate * warmupSeconds;
    }
}
