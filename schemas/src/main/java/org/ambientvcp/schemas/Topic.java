package org.ambientvcp.schemas;

import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A Kafka topic and what it carries. Keys are UTF-8 strings.
///
/// @param name the topic's name on the broker
/// @param type Avro record of every value
/// @param key what the key is, in words
/// @param partitioning how a record finds its partition
/// @param cleanup what the broker may remove
/// @param retention how long records stay at least; null = forever or until compacted
/// @param writers who writes
/// @param purpose one sentence
/// @param payload for signed topics the domain of the payload; null otherwise
public record Topic<V extends SpecificRecord>(
        String name,
        Class<V> type,
        String key,
        Partitioning partitioning,
        Cleanup cleanup,
        @Nullable Duration retention,
        String writers,
        String purpose,
        @Nullable Domain<?> payload) {

    public enum Partitioning {
        /// Kafka's default: by the hash of the key.
        BY_KEY,
        /// The producer names the partition: the cell.
        BY_CELL
    }

    public enum Cleanup {
        DELETE,
        COMPACT,
        /// Compacted, and what is older than the retention is removed as well.
        COMPACT_AND_DELETE
    }

    /// The schema-registry subject of the values (TopicNameStrategy).
    public String subject() {
        return name + "-value";
    }
}
