package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ambientvcp.events.NodeHome;
import org.jspecify.annotations.Nullable;

/// Nodes that are on their way to another cell, and where those that went are now: what is still said about them here
/// is not to make them this cell's again.
final class Departures {
    /// Longer than anybody may take to learn of a move.
    static final long REMEMBER_MILLIS = 7 * 24 * 3_600_000L;

    /// One command forgets no more than this.
    private static final int MOST_FORGOTTEN = 8;

    private static final Comparator<NodeHome> ORDER =
            Comparator.comparingLong(NodeHome::getMovedAtEpochMillis).thenComparing(NodeHome::getNodeId);

    private final TreeMap<String, LiveNode> moving = new TreeMap<>();
    private final Map<String, NodeHome> homes = new HashMap<>();
    private final TreeSet<NodeHome> oldestFirst = new TreeSet<>(ORDER);
    private final Journal journal;

    Departures(Journal journal) {
        this.journal = journal;
    }

    void restore(NodeHome stored) {
        homes.put(stored.getNodeId(), stored);
        oldestFirst.add(stored);
    }

    /// The node's state has changed: it may be on its way now, or stay.
    void watch(LiveNode node) {
        if (node.isMoving()) moving.put(node.id(), node);
        else moving.remove(node.id());
    }

    /// How many are on their way.
    int moving() {
        return moving.size();
    }

    /// Those on their way that hold nothing any more, by node id.
    List<LiveNode> free() {
        if (moving.isEmpty()) return List.of();
        var free = new ArrayList<LiveNode>();
        for (var node : moving.values()) if (node.openLeases == 0) free.add(node);
        return free;
    }

    /// Where a node is that left; null = it did not, or so long ago that it is forgotten.
    @Nullable
    NodeHome of(String nodeId) {
        return homes.get(nodeId);
    }

    void left(LiveNode node, NodeHome home) {
        moving.remove(node.id());
        cameBack(node.id());
        restore(home);
        journal.store(StoreChange.Store.DEPARTED, home.getNodeId(), home);
    }

    void cameBack(String nodeId) {
        var home = homes.remove(nodeId);
        if (home == null) return;
        oldestFirst.remove(home);
        journal.store(StoreChange.Store.DEPARTED, nodeId, null);
    }

    void forget(long now) {
        for (int forgotten = 0; forgotten < MOST_FORGOTTEN && !oldestFirst.isEmpty(); forgotten++) {
            var oldest = oldestFirst.getFirst();
            if (now - oldest.getMovedAtEpochMillis() < REMEMBER_MILLIS) return;
            cameBack(oldest.getNodeId());
        }
    }
}
