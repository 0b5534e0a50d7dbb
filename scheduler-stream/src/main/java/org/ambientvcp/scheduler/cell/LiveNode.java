package org.ambientvcp.scheduler.cell;

import java.util.Set;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Reputation;

/// A node in a cell's memory. Mutable.
final class LiveNode {
    NodeUpdate update;
    Set<String> capabilities;
    long leaseExpiresAt;
    int busySlots;
    boolean probing;
    long accepted;
    long failed;
    long disputes;
    long consecutiveAccepted;
    /// Leases of live tasks that may still lead to a result. Not stored: counted from the tasks.
    int openLeases;

    LiveNode(NodeUpdate update) {
        this.update = update;
        capabilities = Set.copyOf(update.getCapabilities());
    }

    LiveNode(CellNode stored) {
        this(stored.getNode());
        leaseExpiresAt = stored.getLeaseExpiresAtEpochMillis();
        busySlots = stored.getBusySlots();
        probing = stored.getProbing();
        accepted = stored.getReputation().getAccepted();
        failed = stored.getReputation().getFailed();
        disputes = stored.getReputation().getDisputes();
        consecutiveAccepted = stored.getReputation().getConsecutiveAccepted();
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
        if (!isLive(now)) return 0;
        return switch (update.getBreaker()) {
            case CLOSED -> freeSlots();
            case HALF_OPEN -> probing ? 0 : Math.min(1, freeSlots());
            case OPEN -> 0;
        };
    }

    /// Takes a newer update over.
    void accept(NodeUpdate newer, long leaseEnd) {
        update = newer;
        capabilities = Set.copyOf(newer.getCapabilities());
        leaseExpiresAt = leaseEnd;
        if (newer.getBreaker() != Breaker.HALF_OPEN) probing = false;
    }

    Reputation reputation() {
        return new Reputation(id(), accepted, failed, disputes, consecutiveAccepted);
    }

    CellNode record() {
        return new CellNode(update, leaseExpiresAt, busySlots, probing, reputation());
    }
}
