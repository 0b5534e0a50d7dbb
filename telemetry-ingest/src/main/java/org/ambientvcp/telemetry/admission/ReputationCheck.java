package org.ambientvcp.telemetry.admission;

import org.ambientvcp.events.Reputation;
import org.ambientvcp.telemetry.health.HealthScore;
import org.jspecify.annotations.Nullable;

/// What a reputation must be before it counts.
public final class ReputationCheck {
    private ReputationCheck() {}

    /// Why a reputation does not count, or null if it does.
    ///
    /// @param key of the record, the node's id; null: none
    /// @param reputation null: a tombstone
    public static @Nullable Refusal refusal(@Nullable String key, @Nullable Reputation reputation) {
        if (key == null) return new Refusal("wrong-key", "the key is not a node id");
        if (reputation == null) return null;
        if (!key.equals(reputation.getNodeId()))
            return new Refusal("wrong-key", "expected nodeId " + reputation.getNodeId() + " as the key");
        var problems = new Problems();
        problems.range("accepted", reputation.getAccepted(), 0, HealthScore.MAX_COUNT);
        problems.range("failed", reputation.getFailed(), 0, HealthScore.MAX_COUNT);
        problems.range("disputes", reputation.getDisputes(), 0, HealthScore.MAX_COUNT);
        return problems.refusal();
    }
}
