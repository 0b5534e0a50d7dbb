package org.ambientvcp.audit.log;

import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;

/// One partition of a topic of the catalogue.
public record LogPartition(Topic<?> topic, int partition) implements Comparable<LogPartition> {
    /// Place of the topic in the catalogue.
    public int topicNumber() {
        return Topics.all().indexOf(topic);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogPartition that
                && that.partition == partition
                && that.topic.name().equals(topic.name());
    }

    @Override
    public int hashCode() {
        return 31 * topic.name().hashCode() + partition;
    }

    @Override
    public int compareTo(LogPartition other) {
        int byTopic = Integer.compare(topicNumber(), other.topicNumber());
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    @Override
    public String toString() {
        return topic.name() + "-" + partition;
    }
}
