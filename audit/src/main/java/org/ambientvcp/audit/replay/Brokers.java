package org.ambientvcp.audit.replay;

import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;

/// What brokers do to the records of a topic.
final class Brokers {
    private Brokers() {}

    /// Whether older records of a key may be removed.
    static boolean compact(Topic<?> topic) {
        return topic.cleanup() != Topic.Cleanup.DELETE;
    }

    /// Whether records have the broker's time, which no rule gives.
    static boolean stamp(Topic<?> topic) {
        return topic.equals(Topics.CELL_COMMANDS)
                || topic.equals(Topics.LEDGER_COMMANDS)
                || topic.equals(Topics.TELEMETRY);
    }
}
