package org.ambientvcp.simulation;

import java.util.List;
import java.util.function.Consumer;
import org.ambientvcp.simulation.checks.HistoryCheck;
import org.ambientvcp.simulation.checks.Rules;
import org.ambientvcp.simulation.checks.Violation;
import org.ambientvcp.simulation.world.World;
import org.jspecify.annotations.Nullable;

/// One world from its seed to its verdict. The same seed gives the same world on every machine.
public final class Simulation {
    private Simulation() {}

    /// What became of a world.
    ///
    /// @param violations empty = every invariant held
    /// @param records committed records in all topics
    /// @param ageMillis simulated time
    public record Outcome(long seed, List<Violation> violations, Coverage coverage, long records, long ageMillis) {
        public Outcome {
            violations = List.copyOf(violations);
        }
    }

    /// @param tracer hears what happens; null = nobody wants to know
    public static Outcome run(long seed, Rules rules, @Nullable Consumer<String> tracer) {
        var world = new World(seed, rules, tracer);
        world.live();
        var history = world.history();
        var violations = new HistoryCheck(history, rules, world, world.profile().defaultQuota()).violations();
        var coverage = world.coverage();
        HistoryCoverage.count(history, coverage);
        long records = 0;
        for (var partition : history.all()) records += partition.end();
        return new Outcome(seed, violations, coverage, records, world.age());
    }
}
