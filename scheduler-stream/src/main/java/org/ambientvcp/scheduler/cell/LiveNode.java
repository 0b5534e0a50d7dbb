package org.ambientvcp.scheduler.cell;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Reputation;
import org.jspecify.annotations.Nullable;

/// A node in a cell's memory. Mutable.
final class LiveNode {
    NodeUpdate update;
    Set<String> capabilities;
    long leaseExpiresAt;
    int busySlots;
    boolean probing;
    /// The cell it is on its way to; -1 = it stays.
    int movingTo = -1;
    /// When its leases are revoked because it moves; 0 = never.
    long moveBy;
    String movedBy = "";
    long accepted;
    long failed;
    long disputes;
    long consecutiveAccepted;
    /// Leases of live tasks that may still lead to a result. Not stored: counted from the tasks.
    int openLeases;
    /// As the rules saw it last; null = never. Not stored.
    private @Nullable Standing standing;

    /// A node nobody here knows: its reputation is what the update says, from then on what happens here.
    LiveNode(NodeUpdate update) {
        this.update = update;
        capabilities = Set.copyOf(update.getCapabilities());
        if (update.getReputation() != null) know(update.getReputation());
    }

    LiveNode(CellNode stored) {
        this(stored.getNode());
        leaseExpiresAt = stored.getLeaseExpiresAtEpochMillis();
        busySlots = stored.getBusySlots();
        probing = stored.getProbing();
        movingTo = stored.getMovingTo();
        moveBy = stored.getMoveByEpochMillis();
        movedBy = stored.getMovedBy();
        know(stored.getReputation());
    }

    private void know(Reputation reputation) {
        accepted = reputation.getAccepted();
        failed = reputation.getFailed();
        disputes = reputation.getDisputes();
        consecutiveAccepted = reputation.getConsecutiveAccepted();
    }

    /// Whether a cell can have said this of a node.
    static boolean couldBe(Reputation reputation, String nodeId) {
        return reputation.getNodeId().equals(nodeId)
                && reputation.getAccepted() >= 0
                && reputation.getFailed() >= 0
                && reputation.getDisputes() >= 0
                && reputation.getConsecutiveAccepted() >= 0;
    }

    String id() {
        return update.getNodeId();
    }

    int freeSlots() {
        return Math.max(0, update.getSlots() - busySlots);
    }

    boolean isLive(long now) {
        return leaseExpiresAt > now;
    }

    /// Slots that the next dispatch could fill.
    int usableSlots(long now) {
        if (!isLive(now) || isMoving()) return 0;
        return switch (update.getBreaker()) {
            case CLOSED -> freeSlots();
            case HALF_OPEN -> probing ? 0 : Math.min(1, freeSlots());
            case OPEN -> 0;
        };
    }

    /// As the rules saw it last.
    Standing standing() {
        return requireNonNull(standing, "never judged");
    }

    /// @return how the rules saw it before; null = never
    @Nullable
    Standing judged(Standing now) {
        var before = standing;
        standing = now;
        return before;
    }

    /// Takes a newer update over.
    void accept(NodeUpdate newer, long leaseEnd) {
        update = newer;
        capabilities = Set.copyOf(newer.getCapabilities());
        leaseExpiresAt = leaseEnd;
        if (newer.getBreaker() != Breaker.HALF_OPEN) probing = false;
    }

    boolean isMoving() {
        return movingTo >= 0;
    }

    /// It is not on its way any more.
    void stay() {
        movingTo = -1;
        moveBy = 0;
        movedBy = "";
    }

    /// Takes over what another cell counted, as far as it is more than what is known here.
    void remember(Reputation other) {
        accepted = Math.max(accepted, other.getAccepted());
        failed = Math.max(failed, other.getFailed());
        disputes = Math.max(disputes, other.getDisputes());
        consecutiveAccepted = Math.max(consecutiveAccepted, other.getConsecutiveAccepted());
    }

    Reputation reputation() {
        return new Reputation(id(), accepted, failed, disputes, consecutiveAccepted);
    }

    CellNode record() {
        return new CellNode(update, leaseExpiresAt, busySlots, probing, reputation(), movingTo, moveBy, movedBy);
    }
}
