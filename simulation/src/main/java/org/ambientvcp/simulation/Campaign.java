package org.ambientvcp.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ambientvcp.simulation.Simulation.Outcome;
import org.ambientvcp.simulation.checks.Rules;

/// Many worlds, on several threads; each world is in one.
public final class Campaign {
    private Campaign() {}

    /// What became of all worlds.
    ///
    /// @param failed worlds with violations, by seed
    public record Result(long worlds, long records, Coverage coverage, List<Outcome> failed) {
        public Result {
            failed = List.copyOf(failed);
        }
    }

    /// Runs every seed from first to last.
    ///
    /// @param threads at once, ≥ 1
    /// @param each hears of every world as it ends, one at a time
    /// @throws IllegalStateException that names the seed if a world throws
    public static Result run(long first, long last, int threads, Rules rules, Consumer<Outcome> each) {
        var next = new AtomicLong(first);
        var coverage = new Coverage();
        var failed = new ArrayList<Outcome>();
        var records = new AtomicLong();
        IntStream.range(0, threads).parallel().forEach(_ -> {
            for (var seed = next.getAndIncrement(); seed <= last; seed = next.getAndIncrement()) {
                var outcome = outcome(seed, rules);
                synchronized (coverage) {
                    coverage.add(outcome.coverage());
                    records.addAndGet(outcome.records());
                    if (!outcome.violations().isEmpty()) failed.add(outcome);
                    each.accept(outcome);
                }
            }
        });
        failed.sort((one, other) -> Long.compare(one.seed(), other.seed()));
        return new Result(last - first + 1, records.get(), coverage, failed);
    }

    private static Outcome outcome(long seed, Rules rules) {
        try {
            return Simulation.run(seed, rules, null);
        } catch (RuntimeException defect) {
            throw new IllegalStateException("seed " + seed + " ended with " + defect, defect);
        }
    }
}
