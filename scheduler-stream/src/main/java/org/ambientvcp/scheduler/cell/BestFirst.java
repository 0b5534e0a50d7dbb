package org.ambientvcp.scheduler.cell;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Nodes in the order a strategy prefers them, the best of each owner in front of its others. A change is O(log n), the
/// best that is not of k owners O(k). Not thread-safe.
final class BestFirst {
    private final Comparator<Standing> order;
    private final boolean byOwner;
    private final Map<String, TreeSet<Standing>> groups = new HashMap<>();
    /// The best of each group.
    private final TreeSet<Standing> firsts;

    /// @param order total: no two nodes are equal in it
    /// @param byOwner whether owners are told apart; if not, [#first] takes no owners
    BestFirst(Comparator<Standing> order, boolean byOwner) {
        this.order = order;
        this.byOwner = byOwner;
        firsts = new TreeSet<>(order);
    }

    void add(Standing node) {
        var group = groups.computeIfAbsent(groupOf(node), _ -> new TreeSet<>(order));
        if (!group.isEmpty()) firsts.remove(group.getFirst());
        group.add(node);
        firsts.add(group.getFirst());
    }

    void remove(Standing node) {
        var group = groups.get(groupOf(node));
        if (group == null) return;
        firsts.remove(group.getFirst());
        group.remove(node);
        if (group.isEmpty()) groups.remove(groupOf(node));
        else firsts.add(group.getFirst());
    }

    /// The same node of the same owner, as it is now.
    void replace(Standing before, Standing after) {
        if (order.compare(before, after) == 0) return;
        remove(before);
        add(after);
    }

    /// The best node that is not of these owners.
    ///
    /// @throws IllegalStateException if there is none
    LiveNode first(Set<String> withoutOwners) {
        for (var first : firsts) if (!withoutOwners.contains(groupOf(first))) return first.node();
        throw new IllegalStateException("all nodes are of owners that are left out");
    }

    private String groupOf(Standing node) {
        return byOwner ? node.ownerId() : "";
    }
}
