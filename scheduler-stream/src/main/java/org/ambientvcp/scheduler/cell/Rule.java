package org.ambientvcp.scheduler.cell;

import org.ambientvcp.events.Breaker;
import org.jspecify.annotations.Nullable;

/// Rules that keep a task from a node, in the order they are asked. A node is counted under the first one.
enum Rule {
    /// Nothing was heard of the node in time.
    LEASE("lease"),
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

    /// The first rule that keeps a node from tasks of this kind; null = none, it is a candidate. OWNER depends on
    /// the other leases of an attempt and is asked when they are known.
    static @Nullable Rule against(LiveNode node, Requirement wanted, long now) {
        if (!node.isLive(now)) return LEASE;
        var breaker = node.update.getBreaker();
        if (breaker == Breaker.OPEN || (breaker == Breaker.HALF_OPEN && node.probing)) return BREAKER;
        var kind = kindAgainst(node, wanted);
        if (kind != null) return kind;
        if (node.update.getScorePpm() < wanted.minimumHealthPpm()) return HEALTH;
        if (node.freeSlots() == 0) return SLOTS;
        return wanted.excluded().contains(node.id()) ? EXCLUDED : null;
    }

    /// The rules that only the node's nature decides, not its present state.
    static @Nullable Rule kindAgainst(LiveNode node, Requirement wanted) {
        if (wanted.region() != null && !wanted.region().equals(node.update.getRegion())) return REGION;
        if (wanted.nodeType() != null && wanted.nodeType() != node.update.getNodeType()) return NODE_TYPE;
        return node.capabilities.containsAll(wanted.capabilities()) ? null : CAPABILITIES;
    }
}
