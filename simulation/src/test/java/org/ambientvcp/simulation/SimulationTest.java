package org.ambientvcp.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.simulation.checks.Rules;
import org.junit.jupiter.api.Test;

/// Five hundred worlds. A seed that fails here is told by `vcp simulate --seed N --trace`.
class SimulationTest {
    private static final long SEEDS = 500;

    @Test
    void invariantsHoldInEveryWorldAndTheWorldsGetEverywhere() {
        var result = Campaign.run(1, SEEDS, 2, Rules.REAL, _ -> {});

        System.out.println(result.coverage());
        assertThat(result.failed()).isEmpty();
        assertThat(result.coverage().missing()).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameWorld() {
        assertThat(trace(7)).isEqualTo(trace(7));
    }

    private static String trace(long seed) {
        var trace = new StringBuilder();
        Simulation.run(seed, Rules.REAL, line -> trace.append(line).append('\n'));
        return trace.toString();
    }
}
