package org.ambientvcp.audit.replay;

import java.util.List;
import java.util.Map;

/// What an audit found.
///
/// @param verdict the answer
/// @param differences the first of them, the first one first; derived ones last
/// @param differenceCount all of them
/// @param read records read by topic, inputs and outputs
/// @param compared records compared by topic
/// @param unprovable what cannot be judged, with how many records or stages
/// @param pending inputs at the end of each log that nothing was made of yet
/// @param digest SHA-256 over everything the rules gave: the same for the same logs on any machine
/// @param cells cells replayed
/// @param earliestMillis time of the earliest record; [Long#MAX_VALUE] if there is none
/// @param latestMillis time of the latest
/// @param ranges offsets of each partition, `first–end`
public record AuditReport(
        Verdict verdict,
        List<Difference> differences,
        long differenceCount,
        Map<String, Long> read,
        Map<String, Long> compared,
        Map<String, Long> unprovable,
        Map<String, Long> pending,
        String digest,
        int cells,
        long earliestMillis,
        long latestMillis,
        Map<String, String> ranges) {

    /// The answer of an audit.
    public enum Verdict {
        /// The topics hold what the rules give, byte for byte, and all of it could be looked at.
        PROVED,
        /// A record differs, is missing, or is one too many.
        REFUTED,
        /// Nothing differs, but not all could be looked at.
        UNPROVABLE
    }

    public long records() {
        return read.values().stream().mapToLong(Long::longValue).sum();
    }
}
