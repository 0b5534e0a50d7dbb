package org.ambientvcp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Path;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.synthetic.SyntheticLogs;
import org.ambientvcp.audit.whatif.Outcome;
import org.ambientvcp.audit.whatif.WhatIf;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.telemetry.energy.CarbonIntensity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A log under another strategy.
class WhatIfTest {
    private static final int TASKS = 400;

    @TempDir
    private static Path directory;

    private static ExportedLogs logs;

    @BeforeAll
    static void makeLogs() throws IOException {
        SyntheticLogs.write(directory, new SyntheticLogs.Options(2, 2, 12, TASKS, 200, 2, 5));
        logs = ExportedLogs.open(directory);
    }

    private static WhatIf.Comparison under(Strategy strategy) throws IOException {
        return WhatIf.of(logs, strategy, CarbonIntensity.DEFAULT);
    }

    @Test
    void theLogIsCountedAsItIs() throws IOException {
        var log = under(Strategy.WEIGHTED).log();

        assertThat(log.offered()).isEqualTo(TASKS);
        assertThat(log.accepted() + log.ended() + log.open()).isEqualTo(TASKS);
        assertThat(log.accepted()).isGreaterThan(TASKS * 9 / 10);
        assertThat(log.leases()).isGreaterThanOrEqualTo(TASKS);
        assertThat(log.microjoules()).isPositive();
        assertThat(log.microgramsCo2e()).isPositive();
        assertThat(log.paidMicros()).isPositive();
    }

    /// What the model is good for: it has the same tasks, and the same work to do for them.
    @Test
    void theModelOfTheSameDecisionsIsCloseToTheLog() throws IOException {
        var comparison = under(Strategy.ROUND_ROBIN);

        assertThat(comparison.model().offered()).isEqualTo(TASKS);
        assertThat(comparison.model().accepted()).isCloseTo(comparison.log().accepted(), withinPercentage(3));
        assertThat(comparison.model().leases()).isCloseTo(comparison.log().leases(), withinPercentage(10));
        assertThat(comparison.model().microjoules()).isCloseTo(comparison.log().microjoules(), withinPercentage(10));
        assertThat(comparison.model().lifeMedianMillis())
                .isCloseTo(comparison.log().lifeMedianMillis(), withinPercentage(35));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void everyTaskIsAccountedForOnce(Strategy strategy) throws IOException {
        var other = under(strategy).other();

        assertThat(other.offered()).isEqualTo(TASKS);
        assertThat(other.accepted() + other.ended() + other.open()).isEqualTo(TASKS);
    }

    @Test
    void equalLogsGiveEqualOutcomes() throws IOException {
        assertThat(under(Strategy.LEAST_LOADED)).isEqualTo(under(Strategy.LEAST_LOADED));
    }

    /// Latency-aware sends all to the nearest that has a slot; round-robin to each in turn.
    @Test
    void strategiesShowInTheLoadOfNodes() throws IOException {
        var near = under(Strategy.LATENCY_AWARE).other();
        var turns = under(Strategy.ROUND_ROBIN).other();

        assertThat(near.imbalancePermille()).isGreaterThan(turns.imbalancePermille());
        assertThat(near.mostBusyPpm()).isGreaterThan(turns.mostBusyPpm());
        assertThat(near.nodesUsed()).isLessThanOrEqualTo(turns.nodesUsed());
    }

    @Test
    void noTaskKeepsItsOwnStrategy() throws IOException {
        assertThat(under(Strategy.LEAST_LOADED).other())
                .extracting(Outcome::imbalancePermille)
                .isNotEqualTo(under(Strategy.LATENCY_AWARE).other().imbalancePermille());
    }
}
