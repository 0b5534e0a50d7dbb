package org.ambientvcp.audit.replay;

import java.util.List;
import org.ambientvcp.schemas.Cause;
import org.jspecify.annotations.Nullable;

/// Something that the topics hold and the rules do not say, or the other way round.
///
/// @param kind what is wrong
/// @param topic of the record that is wrong
/// @param partition of it
/// @param offset of it; -1 if it is missing
/// @param key of the record, as text
/// @param cause what it was computed from; null if it does not say
/// @param causeTimestamp time of the cause, or of the record if it has none: the order of differences
/// @param problem a sentence
/// @param fields field by field: what the topic holds and what the rules give
public record Difference(
        Kind kind,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable Cause cause,
        long causeTimestamp,
        String problem,
        List<String> fields) {

    public enum Kind {
        /// Other bytes than the rules give.
        DIFFERS,
        /// The rules give a record that is not there.
        MISSING,
        /// A record that the rules do not give.
        EXTRA,
        /// A record stands twice, or before one that was made earlier.
        OUT_OF_ORDER,
        /// It cannot be read, or names no input, or one that does not exist.
        WITHOUT_CAUSE
    }

    public Difference {
        fields = List.copyOf(fields);
    }

    /// `topic-partition-offset`.
    public String place() {
        return topic + "-" + partition + (offset < 0 ? "" : "-" + offset);
    }
}
