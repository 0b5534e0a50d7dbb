package org.ambientvcp.simulation.checks;

import java.util.List;
import org.ambientvcp.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/// All committed records of a cluster, simulated or real, from the beginning.
public interface History {
    /// Records of a topic by partition and offset. A topic that nobody recorded is empty.
    <V extends SpecificRecord> List<Logged<V>> of(Topic<V> topic);

    /// Partitions the topic has.
    int partitions(Topic<?> topic);
}
