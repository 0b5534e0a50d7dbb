package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.ambientvcp.events.FilteredNodes;
import org.jspecify.annotations.Nullable;

/// Which nodes could take a task of one requirement now, and which rule keeps how many others from it.
/// Kept up to date node by node: O(log nodes) for each change, so nobody scans the cell.
///
/// A node that failed the task before is kept from it only while others could take it, at once or when they have a
/// free slot. When too few are left it may try again: better the node that failed than no attempt at all, and attempts
/// are counted.
final class Eligibility {
    private record Judged(@Nullable Rule rule, String owner) {}

    private final Requirement wanted;
    private final Map<String, Judged> nodes = new HashMap<>();
    private final EnumMap<Rule, Integer> ruledOut = new EnumMap<>(Rule.class);
    private final TreeMap<String, LiveNode> candidates = new TreeMap<>();
    private final Map<String, Integer> candidatesByOwner = new HashMap<>();
    /// Nodes that only EXCLUDED keeps from the task.
    private final TreeMap<String, LiveNode> failedBefore = new TreeMap<>();
    /// Nodes that never failed the task and can take it now or with their next free slot.
    private final Map<String, Integer> alternativesByOwner = new HashMap<>();

    Eligibility(Requirement wanted, Collection<LiveNode> all, long now) {
        this.wanted = wanted;
        for (var node : all) judge(node, now);
    }

    /// Judges a node again.
    ///
    /// @return whether anything is different
    boolean judge(LiveNode node, long now) {
        var judged = new Judged(Rule.against(node, wanted, now), node.update.getOwnerId());
        var before = nodes.put(node.id(), judged);
        if (judged.equals(before)) return false;
        if (before != null) forget(node.id(), before);
        if (isAlternative(node.id(), judged)) alternativesByOwner.merge(judged.owner(), 1, Integer::sum);
        if (judged.rule() == Rule.EXCLUDED) failedBefore.put(node.id(), node);
        if (judged.rule() == null) {
            candidates.put(node.id(), node);
            candidatesByOwner.merge(judged.owner(), 1, Integer::sum);
        } else ruledOut.merge(judged.rule(), 1, Integer::sum);
        return true;
    }

    private boolean isAlternative(String nodeId, Judged judged) {
        return judged.rule() == null
                || (judged.rule() == Rule.SLOTS && !wanted.excluded().contains(nodeId));
    }

    /// Whether nodes that failed the task may have it again.
    private boolean mayTryAgain() {
        return !failedBefore.isEmpty() && alternativesByOwner.size() < wanted.replicas();
    }

    private void forget(String nodeId, Judged before) {
        failedBefore.remove(nodeId);
        if (isAlternative(nodeId, before)) decrement(alternativesByOwner, before.owner());
        if (before.rule() == null) {
            candidates.remove(nodeId);
            decrement(candidatesByOwner, before.owner());
        } else ruledOut.merge(before.rule(), -1, Integer::sum);
    }

    private static void decrement(Map<String, Integer> counts, String owner) {
        counts.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Owners that have a candidate.
    int owners() {
        if (!mayTryAgain()) return candidatesByOwner.size();
        var owners = new HashSet<>(candidatesByOwner.keySet());
        failedBefore.values().forEach(node -> owners.add(node.update.getOwnerId()));
        return owners.size();
    }

    int considered() {
        return nodes.size();
    }

    /// Candidates by node id.
    NavigableMap<String, LiveNode> candidates() {
        if (!mayTryAgain()) return Collections.unmodifiableNavigableMap(candidates);
        var all = new TreeMap<>(candidates);
        all.putAll(failedBefore);
        return all;
    }

    /// Candidates by node id, without those of some owners.
    NavigableMap<String, LiveNode> candidatesWithout(Set<String> owners) {
        if (owners.isEmpty()) return candidates();
        var left = new TreeMap<>(candidates());
        left.values().removeIf(node -> owners.contains(node.update.getOwnerId()));
        return left;
    }

    /// Nodes by the rule that rules them out, in the order of the rules; rules without nodes are left out.
    List<FilteredNodes> filtered() {
        return filteredWith(Set.of());
    }

    /// The same once some owners hold a lease of the attempt.
    List<FilteredNodes> filteredWith(Set<String> owners) {
        var counts = ruledOut.clone();
        for (var owner : owners) counts.merge(Rule.OWNER, candidatesByOwner.getOrDefault(owner, 0), Integer::sum);
        for (var nodeId : wanted.excluded()) {
            var judged = nodes.get(nodeId);
            if (judged == null || judged.rule() != Rule.EXCLUDED || !owners.contains(judged.owner())) continue;
            counts.merge(Rule.EXCLUDED, -1, Integer::sum);
            counts.merge(Rule.OWNER, 1, Integer::sum);
        }
        if (mayTryAgain()) counts.remove(Rule.EXCLUDED);
        return filtered(counts);
    }

    private static List<FilteredNodes> filtered(EnumMap<Rule, Integer> counts) {
        var filtered = new ArrayList<FilteredNodes>();
        counts.forEach((rule, nodes) -> {
            if (nodes > 0) filtered.add(new FilteredNodes(rule.title, nodes));
        });
        return filtered;
    }
}
