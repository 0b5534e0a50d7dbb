package org.ambientvcp.benchmarks.cell;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.ambientvcp.events.Strategy;

/// How much processor time does a placement take as a cell grows, on a machine that has other work, too?
///
/// The same commands as in [PlacementBenchmark]; the time is that of the thread, so that what else runs only costs
/// caches. The middle one of five rounds, printed as a Markdown table.
public final class PlacementCurve {
    private static final int ROUNDS = 5;

    private PlacementCurve() {}

    /// @param arguments commands of a kind in a round; 10,000 if there is none
    public static void main(String... arguments) {
        int commands = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        lease(new CellLoad(1_000, 10, Strategy.WEIGHTED, 1), 5 * commands); // for the compiler
        out.println("| strategy | nodes | lease and its end, µs | quorum of three and its end, µs | node update, µs |");
        out.println("|---|---|---|---|---|");
        for (var strategy : Strategy.values()) {
            for (int nodes = 100; nodes <= 100_000; nodes *= 10) {
                var load = new CellLoad(nodes, 10, strategy, 42);
                for (int task = 0; task < 2 * nodes; task++) load.apply(load.offer());
                out.printf(
                        Locale.ROOT,
                        "| %s | %,d | %.1f | %.1f | %.1f |%n",
                        strategy,
                        nodes,
                        micros(() -> lease(load, commands), commands),
                        micros(() -> quorum(load, commands), commands),
                        micros(() -> update(load, commands), commands));
            }
        }
        mix(out, 3 * commands);
    }

    /// Commands a second of processor time, in the mix of [CellThroughputBenchmark].
    private static void mix(PrintStream out, int commands) {
        out.println();
        out.println("| nodes | commands/s of one thread, WEIGHTED |");
        out.println("|---|---|");
        for (int nodes : new int[] {1_250, 10_000}) {
            var load = new CellLoad(nodes, 4, Strategy.WEIGHTED, 42);
            int times = Math.max(1, commands / CellLoad.COMMANDS_OF_FOUR_TASKS);
            var micros = micros(() -> mix(load, times), times * CellLoad.COMMANDS_OF_FOUR_TASKS);
            out.printf(Locale.ROOT, "| %,d | %,.0f |%n", nodes, 1_000_000 / micros);
        }
    }

    private static void mix(CellLoad load, int times) {
        for (int time = 0; time < times; time++) load.fourTasks();
    }

    private static void lease(CellLoad load, int times) {
        for (int time = 0; time < times; time++) {
            var offer = load.offer();
            CellLoad.lease(load.apply(offer));
            load.apply(CellLoad.cancel(offer));
        }
    }

    private static void quorum(CellLoad load, int times) {
        for (int time = 0; time < times; time++) {
            var offer = load.quorum(3);
            CellLoad.lease(load.apply(offer));
            load.apply(CellLoad.cancel(offer));
        }
    }

    private static void update(CellLoad load, int times) {
        for (int time = 0; time < times; time++) load.apply(load.news());
    }

    private static double micros(Runnable round, int commands) {
        var thread = ManagementFactory.getThreadMXBean();
        var rounds = new double[ROUNDS];
        for (int number = 0; number < ROUNDS; number++) {
            long start = thread.getCurrentThreadCpuTime();
            round.run();
            rounds[number] = (thread.getCurrentThreadCpuTime() - start) / 1_000.0 / commands;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }
}
