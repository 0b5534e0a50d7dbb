package org.ambientvcp.scheduler.cell;

import java.util.Comparator;
import java.util.NavigableMap;
import org.ambientvcp.events.Strategy;

/// A node chosen out of candidates, and why.
///
/// @param draw random number used; 0 = none
/// @param reason one sentence
record Choice(LiveNode node, long draw, String reason) {
    private static final Comparator<LiveNode> BY_ID = Comparator.comparing(LiveNode::id);
    private static final Comparator<LiveNode> BY_SCORE = Comparator.comparingInt(
                    (LiveNode node) -> node.update.getScorePpm())
            .reversed()
            .thenComparing(BY_ID);
    /// busy/slots compared without division.
    private static final Comparator<LiveNode> BY_LOAD = ((Comparator<LiveNode>) (one, other) -> Long.compare(
                    (long) one.busySlots * other.update.getSlots(), (long) other.busySlots * one.update.getSlots()))
            .thenComparing(BY_SCORE);
    private static final Comparator<LiveNode> BY_LATENCY =
            Comparator.comparingInt(Choice::latency).thenComparing(BY_SCORE);

    /// Chooses by a strategy. O(candidates); ROUND_ROBIN is O(log candidates).
    ///
    /// @param candidates by node id, not empty
    /// @param cursor ROUND_ROBIN: the node that had the last turn; "" = none
    static Choice by(Strategy strategy, NavigableMap<String, LiveNode> candidates, String cursor, Draws draws) {
        return switch (strategy) {
            case WEIGHTED -> weighted(candidates, draws);
            case ROUND_ROBIN -> roundRobin(candidates, cursor);
            case LEAST_LOADED -> leastLoaded(candidates);
            case LATENCY_AWARE -> latencyAware(candidates);
        };
    }

    /// Every candidate gets work in proportion to its score; one of score 0 counts as a millionth.
    private static Choice weighted(NavigableMap<String, LiveNode> candidates, Draws draws) {
        long total = 0;
        for (var node : candidates.values()) total += weight(node);
        var draw = draws.next();
        var mark = Long.remainderUnsigned(draw, total);
        long sum = 0;
        for (var node : candidates.values()) {
            sum += weight(node);
            if (mark < sum)
                return new Choice(
                        node,
                        draw,
                        "weighted draw " + Figures.grouped(mark) + " of " + Figures.grouped(total) + " fell on "
                                + named(node) + among(candidates));
        }
        throw new IllegalStateException("a draw below the total fell on nobody: " + mark + " of " + total);
    }

    private static Choice roundRobin(NavigableMap<String, LiveNode> candidates, String cursor) {
        var next = candidates.higherEntry(cursor);
        var node = next == null ? candidates.firstEntry().getValue() : next.getValue();
        return new Choice(node, 0, "the turn is with " + named(node) + among(candidates));
    }

    private static Choice leastLoaded(NavigableMap<String, LiveNode> candidates) {
        var node = candidates.values().stream().min(BY_LOAD).orElseThrow();
        return new Choice(
                node,
                0,
                node.busySlots + " of " + node.update.getSlots() + " slots busy is the lightest load: " + named(node)
                        + among(candidates));
    }

    private static Choice latencyAware(NavigableMap<String, LiveNode> candidates) {
        var node = candidates.values().stream().min(BY_LATENCY).orElseThrow();
        var latency = node.update.getLatencyMicros();
        var found = latency == null
                ? "nobody's latency is known, the best score decides: "
                : "latency " + Figures.millis(latency) + " is the lowest: ";
        return new Choice(node, 0, found + named(node) + among(candidates));
    }

    private static long weight(LiveNode node) {
        return Math.max(1, node.update.getScorePpm());
    }

    private static int latency(LiveNode node) {
        return node.update.getLatencyMicros() == null ? Integer.MAX_VALUE : node.update.getLatencyMicros();
    }

    private static String named(LiveNode node) {
        return node.update.getName() + " (score " + Figures.share(node.update.getScorePpm()) + ")";
    }

    private static String among(NavigableMap<String, LiveNode> candidates) {
        return candidates.size() == 1 ? ", the only candidate" : " among " + candidates.size() + " candidates";
    }
}
