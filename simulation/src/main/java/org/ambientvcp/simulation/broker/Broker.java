package org.ambientvcp.simulation.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.checks.History;
import org.ambientvcp.simulation.checks.Logged;
import org.apache.avro.specific.SpecificRecord;

/// All topics, in memory. Records are handed on as objects and must not be changed.
public final class Broker implements History {
    private final TreeMap<String, List<Partition>> topics = new TreeMap<>();

    /// @param cells partitions of what is partitioned by cell
    /// @param others partitions of everything else
    public Broker(int cells, int others) {
        for (var topic : Topics.all()) {
            var count = topic.partitioning() == Topic.Partitioning.BY_CELL ? cells : others;
            var partitions = new ArrayList<Partition>();
            for (int number = 0; number < count; number++) partitions.add(new Partition(topic.name(), number));
            topics.put(topic.name(), List.copyOf(partitions));
        }
    }

    public List<Partition> partitions(String topic) {
        var partitions = topics.get(topic);
        if (partitions == null) throw new IllegalArgumentException("no topic " + topic);
        return partitions;
    }

    public Partition partition(Topic<?> topic, int number) {
        return partitions(topic.name()).get(number);
    }

    /// Where a key belongs.
    public Partition partition(Topic<?> topic, String key) {
        var partitions = partitions(topic.name());
        return partitions.get(Math.floorMod(key.hashCode(), partitions.size()));
    }

    public List<Partition> all() {
        return topics.values().stream().flatMap(List::stream).toList();
    }

    /// Another broker with another clock leads the partition.
    public void lead(Partition partition, long skewMillis) {
        partition.skewMillis = skewMillis;
    }

    @Override
    public int partitions(Topic<?> topic) {
        return partitions(topic.name()).size();
    }

    @Override
    public <V extends SpecificRecord> List<Logged<V>> of(Topic<V> topic) {
        var all = new ArrayList<Logged<V>>();
        for (var partition : partitions(topic.name())) {
            for (var entry = partition.next(0); entry != null; entry = partition.next(entry.offset() + 1)) {
                var value =
                        topic.type().isInstance(entry.value()) ? topic.type().cast(entry.value()) : null;
                all.add(new Logged<>(partition.number(), entry.offset(), entry.timeMillis(), entry.key(), value));
            }
        }
        return all;
    }
}
