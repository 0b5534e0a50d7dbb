package org.ambientvcp.scheduler.cell;

import java.util.Set;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.scheduler.cell.NodesById.Measure;

/// A node chosen out of candidates, and why.
///
/// @param draw random number used; 0 = none
/// @param reason one sentence
record Choice(LiveNode node, long draw, String reason) {
    /// Chooses by a strategy, in O(log candidates); with k owners left out in O(k · log² candidates) at most.
    ///
    /// @param withoutOwners owners whose nodes are left out; somebody else must have a candidate
    /// @param cursor ROUND_ROBIN: the node that had the last turn; "" = none
    static Choice by(Strategy strategy, Candidates candidates, Set<String> withoutOwners, String cursor, Draws draws) {
        var among = among(candidates.total(Measure.COUNT, withoutOwners));
        return switch (strategy) {
            case WEIGHTED -> weighted(candidates, withoutOwners, draws, among);
            case ROUND_ROBIN -> {
                var node = candidates.next(cursor, withoutOwners);
                yield new Choice(node, 0, "the turn is with " + named(node) + among);
            }
            case LEAST_LOADED -> leastLoaded(candidates.lightest(withoutOwners), among);
            case LATENCY_AWARE -> latencyAware(candidates.nearest(withoutOwners), among);
        };
    }

    /// Every candidate gets work in proportion to its score; one of score 0 counts as a millionth. The draw modulo the
    /// sum of scores falls on a node when they stand in a row by node id.
    private static Choice weighted(Candidates candidates, Set<String> withoutOwners, Draws draws, String among) {
        var total = candidates.total(Measure.WEIGHT, withoutOwners);
        var draw = draws.next();
        var mark = Long.remainderUnsigned(draw, total);
        var node = candidates.drawn(mark, withoutOwners);
        return new Choice(
                node,
                draw,
                "weighted draw " + Figures.grouped(mark) + " of " + Figures.grouped(total) + " fell on " + named(node)
                        + among);
    }

    private static Choice leastLoaded(LiveNode node, String among) {
        return new Choice(
                node,
                0,
                node.busySlots + " of " + node.update.getSlots() + " slots busy is the lightest load: " + named(node)
                        + among);
    }

    private static Choice latencyAware(LiveNode node, String among) {
        var latency = node.update.getLatencyMicros();
        var found = latency == null
                ? "nobody's latency is known, the best score decides: "
                : "latency " + Figures.millis(latency) + " is the lowest: ";
        return new Choice(node, 0, found + named(node) + among);
    }

    private static String named(LiveNode node) {
        return node.update.getName() + " (score " + Figures.share(node.update.getScorePpm()) + ")";
    }

    private static String among(long candidates) {
        return candidates == 1 ? ", the only candidate" : " among " + candidates + " candidates";
    }
}
