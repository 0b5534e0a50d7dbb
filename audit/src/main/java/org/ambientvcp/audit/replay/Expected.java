package org.ambientvcp.audit.replay;

import org.ambientvcp.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/// A record that the rules say was to be written.
///
/// @param topic where
/// @param partition -1 = by the key
/// @param key UTF-8
/// @param timestamp the input's event time
public record Expected(Topic<?> topic, int partition, String key, SpecificRecord value, long timestamp) {
    static Expected byKey(Topic<?> topic, String key, SpecificRecord value, long timestamp) {
        return new Expected(topic, -1, key, value, timestamp);
    }
}
