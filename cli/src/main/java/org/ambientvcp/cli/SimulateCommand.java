package org.ambientvcp.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.ambientvcp.simulation.Campaign;
import org.ambientvcp.simulation.Simulation;
import org.ambientvcp.simulation.Simulation.Outcome;
import org.ambientvcp.simulation.checks.Rules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Worlds out of seeds.
@Command(
        name = "simulate",
        description = {
            "Run the rules of the whole pipeline through simulated faults and check every invariant.",
            "A seed is a world, the same on every machine; see docs/simulation.md."
        },
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
    private static final long PROGRESS_EVERY = 100;

    private static final class Which {
        @Option(names = "--seed", required = true, paramLabel = "N", description = "One world.")
        private @Nullable Long seed;

        @Option(names = "--seeds", required = true, paramLabel = "N-M", description = "All of these worlds.")
        private @Nullable String seeds;
    }

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--trace", description = "With --seed: print what happens.")
    private boolean trace;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "With --seeds: worlds at once. Default: one per processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec command;

    @Override
    public Integer call() {
        var out = command.commandLine().getOut();
        if (which.seed != null) return one(which.seed, out);
        var range = RANGE.matcher(which.seeds == null ? "" : which.seeds);
        if (!range.matches() || threads < 1)
            throw new CommandFailure(ExitCode.USAGE, "Expected --seeds as N-M, for example 1-1000.");
        return many(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)), out);
    }

    private int one(long seed, PrintWriter out) {
        var outcome = Simulation.run(seed, Rules.REAL, trace ? out::println : null);
        print(outcome, out);
        return outcome.violations().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(Outcome outcome, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "seed %d: %,d records in %,d simulated ms, %d violations%n",
                outcome.seed(),
                outcome.records(),
                outcome.ageMillis(),
                outcome.violations().size());
        for (var violation : outcome.violations()) out.println("  " + violation);
        out.flush();
    }

    private int many(long first, long last, PrintWriter out) {
        var done = new long[1];
        var result = Campaign.run(first, last, threads, Rules.REAL, outcome -> {
            if (!outcome.violations().isEmpty()) print(outcome, out);
            if (++done[0] % PROGRESS_EVERY == 0) {
                out.printf(Locale.ROOT, "%,d worlds%n", done[0]);
                out.flush();
            }
        });
        out.print(result.coverage());
        if (!result.coverage().missing().isEmpty())
            out.println("never met: " + result.coverage().missing());
        out.printf(
                Locale.ROOT,
                "%,d worlds, %,d records, %d failed%n",
                result.worlds(),
                result.records(),
                result.failed().size());
        if (result.failed().isEmpty()) return ExitCode.OK;
        out.println(
                "See: vcp simulate --trace --seed " + result.failed().getFirst().seed());
        return ExitCode.FAILED;
    }
}
