package org.ambientvcp.scheduler.cell;

import java.util.Set;
import org.ambientvcp.events.NodeType;
import org.jspecify.annotations.Nullable;

/// Rules that keep a task from a node, in the order they are asked. A node is counted under the first one.
enum Rule {
    /// Nothing was heard of the node in time.
    LEASE("lease"),
    /// It is on its way to another cell.
    MOVING("moving"),
    /// Its breaker is OPEN, or HALF_OPEN with a probe out.
    BREAKER("breaker"),
    REGION("region"),
    NODE_TYPE("node-type"),
    CAPABILITIES("capabilities"),
    /// Its score is below the task's minimum.
    HEALTH("health"),
    /// All its slots are taken.
    SLOTS("slots"),
    /// Its owner already holds a lease of the same attempt.
    OWNER("owner"),
    /// It failed this task before.
    EXCLUDED("excluded");

    /// The rule's name in explanations.
    final String title;

    Rule(String title) {
        this.title = title;
    }

    /// The first rule that keeps a node from tasks of this kind; null = none, it is a candidate. OWNER and EXCLUDED
    /// depend on the task and are asked when it is known.
    static @Nullable Rule against(Standing node, Requirement wanted) {
        if (!node.live()) return LEASE;
        if (node.moving()) return MOVING;
        if (!node.open()) return BREAKER;
        var kind = kindAgainst(node.region(), node.nodeType(), node.capabilities(), wanted);
        if (kind != null) return kind;
        if (node.scorePpm() < wanted.minimumHealthPpm()) return HEALTH;
        return node.freeSlots() == 0 ? SLOTS : null;
    }

    /// The rules that only the node's nature decides, not its present state.
    static @Nullable Rule kindAgainst(String region, NodeType nodeType, Set<String> capabilities, Requirement wanted) {
        if (wanted.region() != null && !wanted.region().equals(region)) return REGION;
        if (wanted.nodeType() != null && wanted.nodeType() != nodeType) return NODE_TYPE;
        return capabilities.containsAll(wanted.capabilities()) ? null : CAPABILITIES;
    }
}
