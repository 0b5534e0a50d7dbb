package org.ambientvcp.scheduler.cell;

import org.ambientvcp.events.CellReplica;
import org.ambientvcp.events.Explanation;
import org.ambientvcp.events.ReplicaStatus;
import org.ambientvcp.events.Signed;
import org.jspecify.annotations.Nullable;

/// A task's lease on a node. Mutable; belongs to one [LiveTask].
final class Lease {
    final String nodeId;
    final String nodeName;
    final String ownerId;
    final long epoch;
    final int replica;
    final long leasedAt;
    final Explanation explanation;
    LeaseState state = LeaseState.LEASED;
    long expiresAt;
    /// "" until there is one.
    String commitment = "";

    @Nullable
    Signed result;

    Lease(LiveNode node, long epoch, int replica, long leasedAt, long expiresAt, Explanation explanation) {
        nodeId = node.id();
        nodeName = node.update.getName();
        ownerId = node.update.getOwnerId();
        this.epoch = epoch;
        this.replica = replica;
        this.leasedAt = leasedAt;
        this.expiresAt = expiresAt;
        this.explanation = explanation;
    }

    Lease(CellReplica stored) {
        nodeId = stored.getNodeId();
        nodeName = stored.getNodeName();
        ownerId = stored.getOwnerId();
        epoch = stored.getLeaseEpoch();
        replica = stored.getReplica();
        leasedAt = stored.getLeasedAtEpochMillis();
        explanation = stored.getExplanation();
        state = LeaseState.valueOf(stored.getState());
        expiresAt = stored.getLeaseExpiresAtEpochMillis();
        commitment = stored.getCommitment();
        result = stored.getResult();
    }

    CellReplica record() {
        return new CellReplica(
                nodeId,
                nodeName,
                ownerId,
                epoch,
                replica,
                state.name(),
                leasedAt,
                expiresAt,
                commitment,
                result,
                explanation);
    }

    ReplicaStatus status() {
        return new ReplicaStatus(nodeId, nodeName, epoch, state.name(), leasedAt, explanation);
    }
}
