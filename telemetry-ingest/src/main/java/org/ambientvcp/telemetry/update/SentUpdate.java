package org.ambientvcp.telemetry.update;

import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Reputation;
import org.jspecify.annotations.Nullable;

/// An update and the cell it is for.
///
/// @param cell partition of the cell commands
/// @param atEpochMillis event time
public record SentUpdate(NodeUpdate update, int cell, long atEpochMillis) {
    /// The same with what verdicts say of the node; null: they have said nothing.
    public SentUpdate with(@Nullable Reputation reputation) {
        return new SentUpdate(
                NodeUpdate.newBuilder(update).setReputation(reputation).build(), cell, atEpochMillis);
    }

    long leaseEndsAtEpochMillis() {
        return atEpochMillis + update.getLeaseMillis();
    }
}
