package org.ambientvcp.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.ambientvcp.simulation.checks.Law;
import org.ambientvcp.simulation.checks.Violation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation is worth something only if it notices: every broken rule is caught, by the law it breaks, in a few
/// worlds.
class BrokenRulesTest {
    private static final long SEEDS = 60;

    @ParameterizedTest
    @EnumSource
    void aBrokenRuleIsCaughtWithinAFewWorlds(BrokenRules broken) {
        var noticed = EnumSet.noneOf(Law.class);
        for (long seed = 1; seed <= SEEDS && !noticed.contains(broken.law); seed++)
            Simulation.run(seed, broken, null).violations().stream()
                    .map(Violation::law)
                    .forEach(noticed::add);

        assertThat(noticed).contains(broken.law);
    }
}
