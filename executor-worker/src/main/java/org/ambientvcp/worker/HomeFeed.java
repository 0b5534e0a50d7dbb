package org.ambientvcp.worker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where it is said in which cell this node is, if it was moved: the node's partition of the node cells. For the
/// thread that owns the consumer.
///
/// @param cells number of cells; a home beyond them is no home
record HomeFeed(TopicPartition partition, String nodeId, int cells, AvroSerde<NodeHome> serde) {
    private static final Logger LOG = LoggerFactory.getLogger(HomeFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /// @param partitions of the topic of node cells
    static HomeFeed of(String nodeId, int partitions, int cells, AvroSerde<NodeHome> serde) {
        var partition = Utils.toPositive(Utils.murmur2(nodeId.getBytes(StandardCharsets.UTF_8))) % partitions;
        return new HomeFeed(new TopicPartition(Topics.NODE_CELLS.name(), partition), nodeId, cells, serde);
    }

    /// Reads the partition to its end; the consumer stays assigned to it, and positioned there.
    ///
    /// @return null if the node was never moved
    @Nullable
    NodeHome read(KafkaConsumer<byte[], byte[]> consumer, Duration patience) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        var end = consumer.endOffsets(List.of(partition), patience).getOrDefault(partition, 0L);
        var deadline = System.nanoTime() + patience.toNanos();
        NodeHome home = null;
        while (consumer.position(partition, patience) < end) {
            var newer = newest(consumer.poll(POLL).records(partition));
            if (newer != null) home = newer;
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("the node's cell could not be read from " + partition + " in time");
        }
        return home;
    }

    /// The last home that these records name for the node; null if they name none.
    @Nullable
    NodeHome newest(List<ConsumerRecord<byte[], byte[]>> records) {
        NodeHome newest = null;
        for (var record : records) {
            if (record.key() == null || !nodeId.equals(new String(record.key(), StandardCharsets.UTF_8))) continue;
            var home = decoded(record);
            if (home != null) newest = home;
        }
        return newest;
    }

    private @Nullable NodeHome decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            var home = serde.deserialize(record.topic(), record.value());
            if (home == null || (home.getCell() >= 0 && home.getCell() < cells)) return home;
            LOG.atWarn().addKeyValue("cell", home.getCell()).log("the node was moved to a cell that does not exist");
        } catch (MalformedEventException malformed) {
            LOG.atWarn()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", String.valueOf(malformed.getMessage()))
                    .log("the node's cell cannot be decoded");
        }
        return null;
    }
}
