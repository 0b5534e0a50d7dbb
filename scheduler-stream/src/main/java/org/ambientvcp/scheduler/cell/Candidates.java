package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ambientvcp.scheduler.cell.NodesById.Measure;
import org.jspecify.annotations.Nullable;

/// The nodes that could take a task now, in the orders that strategies choose by. A change and a choice are
/// O(log nodes), with k owners left out O(k · log² nodes) at most. Not thread-safe.
///
/// Orders by load and by latency are made when a strategy first asks for them, in O(nodes · log nodes), and kept up to
/// date from then on.
final class Candidates {
    private final boolean byOwner;
    private final NodesById all = new NodesById();
    /// Only when owners are told apart.
    private final Map<String, NodesById> ofOwners = new HashMap<>();

    private @Nullable BestFirst byLoad;
    private @Nullable BestFirst byLatency;

    /// @param byOwner whether nodes will be asked for without those of some owners
    Candidates(boolean byOwner) {
        this.byOwner = byOwner;
    }

    int size() {
        return all.size();
    }

    /// Owners that have a candidate, if owners are told apart; else candidates, of which one is enough.
    int owners() {
        return byOwner ? ofOwners.size() : all.size();
    }

    /// Candidates of an owner; 0 if owners are not told apart.
    int of(String ownerId) {
        var owned = ofOwners.get(ownerId);
        return owned == null ? 0 : owned.size();
    }

    void add(Standing node) {
        all.put(node.node(), node.weight());
        if (byOwner)
            ofOwners.computeIfAbsent(node.ownerId(), _ -> new NodesById()).put(node.node(), node.weight());
        if (byLoad != null) byLoad.add(node);
        if (byLatency != null) byLatency.add(node);
    }

    void remove(Standing node) {
        all.remove(node.node());
        var owned = ofOwners.get(node.ownerId());
        if (owned != null) {
            owned.remove(node.node());
            if (owned.isEmpty()) ofOwners.remove(node.ownerId());
        }
        if (byLoad != null) byLoad.remove(node);
        if (byLatency != null) byLatency.remove(node);
    }

    /// The same node of the same owner, as it is now.
    void replace(Standing before, Standing after) {
        if (before.weight() != after.weight()) {
            all.put(after.node(), after.weight());
            var owned = ofOwners.get(after.ownerId());
            if (owned != null) owned.put(after.node(), after.weight());
        }
        if (byLoad != null) byLoad.replace(before, after);
        if (byLatency != null) byLatency.replace(before, after);
    }

    /// What those not of these owners add up to.
    long total(Measure measure, Set<String> withoutOwners) {
        long total = all.total(measure);
        for (var owned : owned(withoutOwners)) total -= owned.total(measure);
        return total;
    }

    /// By node id, the first at which the weights added up are above a mark.
    LiveNode drawn(long mark, Set<String> withoutOwners) {
        return all.above(mark, Measure.WEIGHT, owned(withoutOwners));
    }

    /// By node id, the next after one that need not be a candidate itself; the first after the last.
    LiveNode next(String cursor, Set<String> withoutOwners) {
        var owned = owned(withoutOwners);
        long past = all.upTo(cursor, Measure.COUNT);
        for (var out : owned) past -= out.upTo(cursor, Measure.COUNT);
        return all.above(past == total(Measure.COUNT, withoutOwners) ? 0 : past, Measure.COUNT, owned);
    }

    LiveNode lightest(Set<String> withoutOwners) {
        if (byLoad == null) byLoad = order(Standing.BY_LOAD);
        return byLoad.first(withoutOwners);
    }

    LiveNode nearest(Set<String> withoutOwners) {
        if (byLatency == null) byLatency = order(Standing.BY_LATENCY);
        return byLatency.first(withoutOwners);
    }

    private BestFirst order(Comparator<Standing> order) {
        var made = new BestFirst(order, byOwner);
        all.forEach(node -> made.add(node.standing()));
        return made;
    }

    private Collection<NodesById> owned(Set<String> owners) {
        if (owners.isEmpty()) return List.of();
        var owned = new ArrayList<NodesById>();
        for (var owner : owners) {
            var nodes = ofOwners.get(owner);
            if (nodes != null) owned.add(nodes);
        }
        return owned;
    }
}
