package org.ambientvcp.scheduler.cell;

import java.util.Comparator;
import java.util.Set;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.NodeType;

/// What the rules and strategies see of a node: its state when it was last judged. Immutable, so that indexes can be
/// ordered by it; a node that has changed gets another one.
///
/// @param live whether its lease held
/// @param moving whether it is on its way to another cell
/// @param open whether its breaker lets a task through
/// @param freeSlots ≥ 0, whatever the breaker says
/// @param usableSlots slots the next dispatch could fill, ≥ 0
/// @param latencyMicros [Integer#MAX_VALUE] = unknown
record Standing(
        LiveNode node,
        String ownerId,
        String region,
        NodeType nodeType,
        Set<String> capabilities,
        boolean live,
        boolean moving,
        boolean open,
        int scorePpm,
        int busySlots,
        int slots,
        int freeSlots,
        int usableSlots,
        int latencyMicros) {
    private static final Comparator<Standing> BY_SCORE =
            Comparator.comparingInt(Standing::scorePpm).reversed().thenComparing(Standing::id);

    /// busy/slots, compared without division; then score; then id.
    static final Comparator<Standing> BY_LOAD = ((Comparator<Standing>) (one, other) ->
                    Long.compare((long) one.busySlots * other.slots, (long) other.busySlots * one.slots))
            .thenComparing(BY_SCORE);

    /// Latency, unknown last; then score; then id.
    static final Comparator<Standing> BY_LATENCY =
            Comparator.comparingInt(Standing::latencyMicros).thenComparing(BY_SCORE);

    static Standing of(LiveNode node, long now) {
        var update = node.update;
        var breaker = update.getBreaker();
        var latency = update.getLatencyMicros();
        return new Standing(
                node,
                update.getOwnerId(),
                update.getRegion(),
                update.getNodeType(),
                node.capabilities,
                node.isLive(now),
                node.isMoving(),
                breaker == Breaker.CLOSED || (breaker == Breaker.HALF_OPEN && !node.probing),
                update.getScorePpm(),
                node.busySlots,
                update.getSlots(),
                node.freeSlots(),
                node.usableSlots(now),
                latency == null ? Integer.MAX_VALUE : latency);
    }

    String id() {
        return node.id();
    }

    /// Its share of draws; a score of 0 counts as a millionth.
    int weight() {
        return Math.max(1, scorePpm);
    }
}
