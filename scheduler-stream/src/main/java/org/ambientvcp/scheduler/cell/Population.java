package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.SlotClass;
import org.jspecify.annotations.Nullable;

/// The cell's nodes, counted by what they are; those on their way to another cell are not counted. A node's change is
/// O(1) but for its place by id.
final class Population {
    private record Kind(String region, NodeType nodeType) {}

    /// What of a node never depends on its present state.
    private record Nature(String region, NodeType nodeType, Set<String> capabilities) {}

    private static final class Count {
        int live;
        int usable;
    }

    private static final Comparator<Kind> ORDER =
            Comparator.comparing(Kind::region).thenComparing(Kind::nodeType);

    private final TreeMap<String, LiveNode> nodes = new TreeMap<>();
    private final TreeMap<Kind, Count> kinds = new TreeMap<>(ORDER);
    /// Live nodes by owner.
    private final Map<Nature, Map<String, Integer>> natures = new HashMap<>();

    private final Count all = new Count();

    /// Nodes by id; read-only.
    Collection<LiveNode> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    @Nullable
    LiveNode node(String nodeId) {
        return nodes.get(nodeId);
    }

    int size() {
        return nodes.size();
    }

    int live() {
        return all.live;
    }

    /// Slots the next dispatch could fill.
    int usableSlots() {
        return all.usable;
    }

    /// A node is seen otherwise than before.
    ///
    /// @param before null = it is new
    void change(LiveNode node, @Nullable Standing before, Standing after) {
        if (before == null) nodes.put(node.id(), node);
        else count(before, -1);
        count(after, 1);
    }

    /// The node is forgotten.
    void remove(LiveNode node, Standing last) {
        nodes.remove(node.id());
        count(last, -1);
    }

    private void count(Standing node, int by) {
        if (!node.live() || node.moving()) return;
        all.live += by;
        all.usable += by * node.usableSlots();
        var kind = new Kind(node.region(), node.nodeType());
        var count = kinds.computeIfAbsent(kind, _ -> new Count());
        count.live += by;
        count.usable += by * node.usableSlots();
        if (count.live == 0) kinds.remove(kind);
        var nature = new Nature(node.region(), node.nodeType(), node.capabilities());
        var owners = natures.computeIfAbsent(nature, _ -> new HashMap<>());
        owners.merge(node.ownerId(), by, (one, other) -> one + other == 0 ? null : one + other);
        if (owners.isEmpty()) natures.remove(nature);
    }

    /// Whether enough live nodes are of the kind that is asked for, busy or not. O(natures + replicas).
    boolean couldServe(Requirement wanted) {
        var found = new HashSet<String>();
        for (var entry : natures.entrySet()) {
            var nature = entry.getKey();
            if (Rule.kindAgainst(nature.region(), nature.nodeType(), nature.capabilities(), wanted) != null) continue;
            for (var owner : entry.getValue().keySet()) {
                found.add(owner);
                if (found.size() >= wanted.replicas()) return true;
            }
        }
        return false;
    }

    /// Live nodes by region and type, in this order.
    List<SlotClass> slotClasses() {
        var classes = new ArrayList<SlotClass>();
        kinds.forEach(
                (kind, count) -> classes.add(new SlotClass(kind.region(), kind.nodeType(), count.live, count.usable)));
        return classes;
    }
}
