package org.ambientvcp.verifier.rules;

import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.schemas.ResultDigest;

/// What one lease of a job has to show.
sealed interface Replica {
    CommittedReplica lease();

    /// A well-signed, consistent result; it may still be wrong.
    record Shown(CommittedReplica lease, TaskResult result, String digest) implements Replica {
        Shown(CommittedReplica lease, TaskResult result) {
            this(lease, result, ResultDigest.of(result));
        }
    }

    /// The node signed what no honest node signs.
    record Refused(CommittedReplica lease, String reason) implements Replica {}

    /// Nothing that the node signed for this lease.
    record Absent(CommittedReplica lease, String reason) implements Replica {}

    default NodeFinding finding(FindingKind kind, String reason) {
        return new NodeFinding(lease().getNodeId(), lease().getLeaseEpoch(), kind, reason);
    }

    /// What is to be said of it whatever the others show; of a shown result, that it is refused for this reason.
    default NodeFinding finding(String reasonIfShown) {
        return switch (this) {
            case Shown _ -> finding(FindingKind.REJECTED, reasonIfShown);
            case Refused(CommittedReplica _, String reason) -> finding(FindingKind.REJECTED, reason);
            case Absent(CommittedReplica _, String reason) -> finding(FindingKind.MISSING, reason);
        };
    }
}
