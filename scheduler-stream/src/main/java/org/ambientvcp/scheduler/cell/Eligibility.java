package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ambientvcp.events.FilteredNodes;
import org.ambientvcp.events.Strategy;
import org.jspecify.annotations.Nullable;

/// Which nodes could take a task of one requirement now, and which rule keeps how many others from it.
/// Kept up to date node by node: O(log nodes) for each change, so nobody scans the cell. Memory is O(candidates).
///
/// The nodes that failed a task before are the task's own affair: questions that depend on them take their ids and are
/// O(their number). Such a node is kept from the task only while others could take it, at once or when they have a
/// free slot. When too few are left it may try again: better the node that failed than no attempt at all, and attempts
/// are counted.
final class Eligibility {
    private final Requirement wanted;
    private final Population population;
    private final EnumMap<Rule, Integer> ruledOut = new EnumMap<>(Rule.class);
    private final Candidates candidates;
    /// Nodes that can take a task now or with their next free slot; kept only when owners matter.
    private final Map<String, Integer> ableByOwner = new HashMap<>();

    Eligibility(Requirement wanted, Population population) {
        this.wanted = wanted;
        this.population = population;
        candidates = new Candidates(ownersMatter());
        for (var node : population.nodes()) add(node.standing(), Rule.against(node.standing(), wanted));
    }

    /// A node is seen otherwise than before.
    ///
    /// @param before null = it is new
    /// @param after null = it is forgotten
    /// @return whether what rules it out, or its owner, is different
    boolean judge(@Nullable Standing before, @Nullable Standing after) {
        var ruleBefore = before == null ? null : Rule.against(before, wanted);
        var ruleAfter = after == null ? null : Rule.against(after, wanted);
        if (before != null
                && after != null
                && ruleBefore == ruleAfter
                && before.ownerId().equals(after.ownerId())) {
            if (ruleAfter == null) candidates.replace(before, after);
            return false;
        }
        if (before != null) remove(before, ruleBefore);
        if (after != null) add(after, ruleAfter);
        return true;
    }

    private void add(Standing node, @Nullable Rule rule) {
        if (rule == null) candidates.add(node);
        else ruledOut.merge(rule, 1, Integer::sum);
        if (ownersMatter() && isAble(rule)) ableByOwner.merge(node.ownerId(), 1, Integer::sum);
    }

    private void remove(Standing node, @Nullable Rule rule) {
        if (rule == null) candidates.remove(node);
        else ruledOut.merge(rule, -1, Integer::sum);
        if (ownersMatter() && isAble(rule))
            ableByOwner.computeIfPresent(node.ownerId(), (_, count) -> count == 1 ? null : count - 1);
    }

    private boolean ownersMatter() {
        return wanted.replicas() > 1;
    }

    private static boolean isAble(@Nullable Rule rule) {
        return rule == null || rule == Rule.SLOTS;
    }

    /// Whether a task could be placed now.
    ///
    /// @param excluded ids of nodes that failed it before
    boolean suffices(Set<String> excluded) {
        return owners(excluded) >= wanted.replicas();
    }

    /// Owners that have a candidate for a task; for a task of one replica, candidates.
    int owners(Set<String> excluded) {
        int all = candidates.owners();
        if (excluded.isEmpty() || all == 0) return all;
        var failed = failed(excluded, false);
        if (failed.isEmpty() || mayTryAgain(excluded)) return all;
        if (!ownersMatter()) return all - failed.size();
        return all - ownersWithNoOther(failed, true);
    }

    /// Whether nodes that failed a task may have it again.
    private boolean mayTryAgain(Set<String> excluded) {
        var failed = failed(excluded, true);
        var left = ownersMatter()
                ? ableByOwner.size() - ownersWithNoOther(failed, false)
                : candidates.size() + ruledOut.getOrDefault(Rule.SLOTS, 0) - failed.size();
        return left < wanted.replicas();
    }

    /// Owners all of whose candidates, or able nodes, are among these.
    private int ownersWithNoOther(List<Standing> failed, boolean onlyCandidates) {
        var counts = new HashMap<String, Integer>();
        for (var node : failed) counts.merge(node.ownerId(), 1, Integer::sum);
        int owners = 0;
        for (var count : counts.entrySet()) {
            int has = onlyCandidates ? candidates.of(count.getKey()) : ableByOwner.getOrDefault(count.getKey(), 0);
            if (count.getValue() == has) owners++;
        }
        return owners;
    }

    /// Those of the excluded nodes that only their failure keeps from the task.
    ///
    /// @param orBusy with those that have no free slot
    private List<Standing> failed(Set<String> excluded, boolean orBusy) {
        if (excluded.isEmpty()) return List.of();
        var failed = new ArrayList<Standing>();
        for (var id : excluded) {
            var node = population.node(id);
            if (node == null) continue;
            var rule = Rule.against(node.standing(), wanted);
            if (orBusy ? isAble(rule) : rule == null) failed.add(node.standing());
        }
        return failed;
    }

    int considered() {
        return population.size();
    }

    /// Candidates of a task, when some owners hold a lease of its attempt.
    int candidates(Set<String> excluded, Collection<String> takenOwners) {
        int left = candidates.size() - keptByFailure(excluded, takenOwners).size();
        for (var owner : takenOwners) left -= candidates.of(owner);
        return left;
    }

    /// Chooses a node. There must be a candidate.
    ///
    /// @param takenOwners owners that hold a lease of the attempt
    /// @param cursor ROUND_ROBIN: the node that had the last turn; "" = none
    Choice choose(Strategy strategy, Set<String> excluded, Set<String> takenOwners, String cursor, Draws draws) {
        var kept = keptByFailure(excluded, Set.of());
        kept.forEach(candidates::remove);
        try {
            return Choice.by(strategy, candidates, takenOwners, cursor, draws);
        } finally {
            kept.forEach(candidates::add);
        }
    }

    List<Standing> keptByFailure(Set<String> excluded, Collection<String> takenOwners) {
        var failed = failed(excluded, false);
        if (failed.isEmpty() || mayTryAgain(excluded)) return List.of();
        failed.removeIf(node -> takenOwners.contains(node.ownerId()));
        return failed;
    }

    /// Nodes by the rule that rules them out, in the order of the rules; rules without nodes are left out.
    ///
    /// @param takenOwners owners that hold a lease of the attempt
    List<FilteredNodes> filtered(Set<String> excluded, Collection<String> takenOwners) {
        var counts = ruledOut.clone();
        for (var owner : takenOwners) counts.merge(Rule.OWNER, candidates.of(owner), Integer::sum);
        counts.put(Rule.EXCLUDED, keptByFailure(excluded, takenOwners).size());
        var filtered = new ArrayList<FilteredNodes>();
        counts.forEach((rule, nodes) -> {
            if (nodes > 0) filtered.add(new FilteredNodes(rule.title, nodes));
        });
        return filtered;
    }
}
