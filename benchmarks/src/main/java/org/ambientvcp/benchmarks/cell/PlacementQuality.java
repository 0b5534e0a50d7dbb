package org.ambientvcp.benchmarks.cell;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.TaskOffer;

/// How near does each strategy come to what it aims at?
///
/// 1,000 nodes of 16 slots, scores 0.2 to 1.0, latencies log-normal around 20 ms; 4,000 tasks are always in flight (a
/// quarter of the slots), and whenever a random one ends another comes. Printed as a Markdown table.
public final class PlacementQuality {
    private static final int NODES = 1_000;
    private static final int SLOTS = 16;
    private static final int IN_FLIGHT = 4_000;

    private record Running(TaskOffer offer, String nodeId) {}

    private final CellLoad load;
    private final Map<String, NodeUpdate> nodes = new HashMap<>();
    private final List<Running> running = new ArrayList<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private final Map<String, Integer> share = new HashMap<>();
    private final List<Integer> latencies = new ArrayList<>();
    private double worstRatio;

    private PlacementQuality(Strategy strategy) {
        load = new CellLoad(NODES, SLOTS, strategy, 7);
        for (var node : load.nodes) nodes.put(node.getNodeId(), node);
    }

    /// @param arguments number of placements to look at; 1,000,000 if there is none
    public static void main(String... arguments) {
        int placements = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("| | share of work against score: mean relative error | largest | "
                + "fullest node / mean load, worst moment | median latency |");
        out.println("|---|---|---|---|---|");
        for (var strategy : Strategy.values()) out.println(new PlacementQuality(strategy).run(strategy, placements));
        out.println(new PlacementQuality(Strategy.WEIGHTED).ideal(placements));
    }

    private String run(Strategy strategy, int placements) {
        while (running.size() < IN_FLIGHT) start(false);
        for (int warmup = 0; warmup < 5 * IN_FLIGHT; warmup++) {
            end();
            start(false);
        }
        for (int placement = 0; placement < placements; placement++) {
            end();
            start(true);
        }
        Collections.sort(latencies);
        return row(
                strategy.name(),
                meanError(placements),
                largestError(placements),
                worstRatio,
                latencies.get(latencies.size() / 2));
    }

    private void start(boolean counted) {
        var offer = load.offer();
        var nodeId = CellLoad.lease(load.apply(offer)).getNodeId();
        running.add(new Running(offer, nodeId));
        int load = busy.merge(nodeId, 1, Integer::sum);
        if (!counted) return;
        share.merge(nodeId, 1, Integer::sum);
        latencies.add(latency(node(nodeId)));
        worstRatio = Math.max(worstRatio, (double) load * NODES / IN_FLIGHT);
    }

    private void end() {
        int index = load.random.nextInt(running.size());
        var ended = running.get(index);
        running.set(index, running.getLast());
        running.removeLast();
        busy.merge(ended.nodeId(), -1, Integer::sum);
        load.apply(CellLoad.cancel(ended.offer()));
    }

    private double meanError(int placements) {
        return nodes.values().stream()
                .mapToDouble(node -> error(node, placements))
                .average()
                .orElseThrow();
    }

    private double largestError(int placements) {
        return nodes.values().stream()
                .mapToDouble(node -> error(node, placements))
                .max()
                .orElseThrow();
    }

    private double error(NodeUpdate node, int placements) {
        double expected = placements * idealShare(node);
        return Math.abs(share.getOrDefault(node.getNodeId(), 0) - expected) / expected;
    }

    private double idealShare(NodeUpdate node) {
        return node.getScorePpm()
                / (double) nodes.values().stream()
                        .mapToLong(NodeUpdate::getScorePpm)
                        .sum();
    }

    /// What could be: the error that independent draws have (a share is binomial: its mean absolute error is
    /// √(2/π) of its standard deviation), even loads, and the nearest slots for all tasks in flight.
    private String ideal(int placements) {
        var mean = nodes.values().stream()
                .mapToDouble(node -> Math.sqrt(2 / Math.PI) * deviation(node, placements))
                .average()
                .orElseThrow();
        var largest = nodes.values().stream()
                .mapToDouble(node -> 3.3 * deviation(node, placements)) // 1 of 1,000 is beyond
                .max()
                .orElseThrow();
        var nearest = nodes.values().stream()
                .sorted(Comparator.comparingInt(PlacementQuality::latency))
                .toList();
        return row("ideal", mean, largest, 1, latency(nearest.get(IN_FLIGHT / SLOTS / 2)));
    }

    private double deviation(NodeUpdate node, int placements) {
        var share = idealShare(node);
        return Math.sqrt((1 - share) / (placements * share));
    }

    private static String row(String name, double mean, double largest, double ratio, int micros) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f %% | %.2f %% | %.2f | %.1f ms |",
                name,
                100 * mean,
                100 * largest,
                ratio,
                micros / 1000.0);
    }

    private NodeUpdate node(String nodeId) {
        return Objects.requireNonNull(nodes.get(nodeId), nodeId);
    }

    private static int latency(NodeUpdate node) {
        return Objects.requireNonNull(node.getLatencyMicros(), "no latency");
    }
}
