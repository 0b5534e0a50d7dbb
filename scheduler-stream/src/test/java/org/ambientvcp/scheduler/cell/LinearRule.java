package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.FilteredNodes;
import org.ambientvcp.events.Strategy;
import org.jspecify.annotations.Nullable;

/// The rules of docs/scheduling.md as they read, by looking at every node: what the indexes must agree with.
final class LinearRule {
    private final Requirement wanted;
    private final Set<String> excluded;
    private final TreeMap<String, LiveNode> candidates = new TreeMap<>();
    private final TreeMap<String, LiveNode> failedBefore = new TreeMap<>();
    private final Set<String> alternatives = new HashSet<>();
    private final EnumMap<Rule, Integer> ruledOut = new EnumMap<>(Rule.class);
    private final int considered;

    LinearRule(Requirement wanted, Set<String> excluded, Iterable<LiveNode> nodes, long now) {
        this.wanted = wanted;
        this.excluded = excluded;
        int seen = 0;
        for (var node : nodes) {
            seen++;
            judge(node, now);
        }
        considered = seen;
    }

    private void judge(LiveNode node, long now) {
        var rule = against(node, now);
        if (rule == null || (rule == Rule.SLOTS && !excluded.contains(node.id())))
            alternatives.add(node.update.getOwnerId());
        if (rule == Rule.EXCLUDED) failedBefore.put(node.id(), node);
        if (rule == null) candidates.put(node.id(), node);
        else ruledOut.merge(rule, 1, Integer::sum);
    }

    private @Nullable Rule against(LiveNode node, long now) {
        if (!node.isLive(now)) return Rule.LEASE;
        var breaker = node.update.getBreaker();
        if (breaker == Breaker.OPEN || (breaker == Breaker.HALF_OPEN && node.probing)) return Rule.BREAKER;
        if (wanted.region() != null && !wanted.region().equals(node.update.getRegion())) return Rule.REGION;
        if (wanted.nodeType() != null && wanted.nodeType() != node.update.getNodeType()) return Rule.NODE_TYPE;
        if (!node.update.getCapabilities().containsAll(wanted.capabilities())) return Rule.CAPABILITIES;
        if (node.update.getScorePpm() < wanted.minimumHealthPpm()) return Rule.HEALTH;
        if (node.freeSlots() == 0) return Rule.SLOTS;
        return excluded.contains(node.id()) ? Rule.EXCLUDED : null;
    }

    private boolean mayTryAgain() {
        return !failedBefore.isEmpty() && alternatives.size() < wanted.replicas();
    }

    int owners() {
        var owners = new HashSet<String>();
        candidates(Set.of()).values().forEach(node -> owners.add(node.update.getOwnerId()));
        return owners.size();
    }

    int considered() {
        return considered;
    }

    NavigableMap<String, LiveNode> candidates(Set<String> withoutOwners) {
        var all = new TreeMap<>(candidates);
        if (mayTryAgain()) all.putAll(failedBefore);
        all.values().removeIf(node -> withoutOwners.contains(node.update.getOwnerId()));
        return all;
    }

    List<FilteredNodes> filtered(Set<String> takenOwners) {
        var counts = ruledOut.clone();
        for (var node : candidates.values())
            if (takenOwners.contains(node.update.getOwnerId())) counts.merge(Rule.OWNER, 1, Integer::sum);
        for (var node : failedBefore.values()) {
            if (!takenOwners.contains(node.update.getOwnerId())) continue;
            counts.merge(Rule.EXCLUDED, -1, Integer::sum);
            counts.merge(Rule.OWNER, 1, Integer::sum);
        }
        if (mayTryAgain()) counts.remove(Rule.EXCLUDED);
        var filtered = new ArrayList<FilteredNodes>();
        counts.forEach((rule, nodes) -> {
            if (nodes > 0) filtered.add(new FilteredNodes(rule.title, nodes));
        });
        return filtered;
    }

    Choice choose(Strategy strategy, Set<String> takenOwners, String cursor, Draws draws) {
        var left = candidates(takenOwners);
        var among = left.size() == 1 ? ", the only candidate" : " among " + left.size() + " candidates";
        return switch (strategy) {
            case WEIGHTED -> weighted(left, draws, among);
            case ROUND_ROBIN -> {
                var next = left.higherEntry(cursor);
                var node = next == null ? left.firstEntry().getValue() : next.getValue();
                yield new Choice(node, 0, "the turn is with " + named(node) + among);
            }
            case LEAST_LOADED -> {
                var node = left.values().stream()
                        .min(((Comparator<LiveNode>) (one, other) -> Long.compare(
                                        (long) one.busySlots * other.update.getSlots(),
                                        (long) other.busySlots * one.update.getSlots()))
                                .thenComparing(byScore()))
                        .orElseThrow();
                yield new Choice(
                        node,
                        0,
                        node.busySlots + " of " + node.update.getSlots() + " slots busy is the lightest load: "
                                + named(node) + among);
            }
            case LATENCY_AWARE -> {
                var node = left.values().stream()
                        .min(Comparator.comparingLong(LinearRule::latency).thenComparing(byScore()))
                        .orElseThrow();
                var micros = node.update.getLatencyMicros();
                yield new Choice(
                        node,
                        0,
                        (micros == null
                                        ? "nobody's latency is known, the best score decides: "
                                        : "latency " + Figures.millis(micros) + " is the lowest: ")
                                + named(node)
                                + among);
            }
        };
    }

    private static Choice weighted(NavigableMap<String, LiveNode> left, Draws draws, String among) {
        long total = 0;
        for (var node : left.values()) total += Math.max(1, node.update.getScorePpm());
        var draw = draws.next();
        var mark = Long.remainderUnsigned(draw, total);
        long sum = 0;
        for (var node : left.values()) {
            sum += Math.max(1, node.update.getScorePpm());
            if (mark < sum)
                return new Choice(
                        node,
                        draw,
                        "weighted draw " + Figures.grouped(mark) + " of " + Figures.grouped(total) + " fell on "
                                + named(node) + among);
        }
        throw new AssertionError("a draw below the total fell on nobody");
    }

    private static Comparator<LiveNode> byScore() {
        return Comparator.comparingInt((LiveNode node) -> -node.update.getScorePpm())
                .thenComparing(LiveNode::id);
    }

    private static long latency(LiveNode node) {
        return node.update.getLatencyMicros() == null ? Long.MAX_VALUE : node.update.getLatencyMicros();
    }

    private static String named(LiveNode node) {
        return node.update.getName() + " (score " + Figures.share(node.update.getScorePpm()) + ")";
    }
}
