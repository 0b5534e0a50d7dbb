package org.ambientvcp.telemetry.update;

import org.ambientvcp.events.NodeUpdate;

/// An update and the cell it is for.
///
/// @param cell partition of the cell commands
/// @param atEpochMillis event time
public record SentUpdate(NodeUpdate update, int cell, long atEpochMillis) {
    long leaseEndsAtEpochMillis() {
        return atEpochMillis + update.getLeaseMillis();
    }
}
