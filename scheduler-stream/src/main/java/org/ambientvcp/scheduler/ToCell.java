package org.ambientvcp.scheduler;

import java.util.Optional;
import java.util.Set;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// A command on its way to a cell. The cell is the partition and not part of the record's bytes.
///
/// @param cell partition of the topic of cell commands
public record ToCell(int cell, CellCommand command) {
    public static Serializer<ToCell> serializer(SchemaRegistry registry) {
        var serde = AvroSerde.of(Topics.CELL_COMMANDS, registry);
        return (topic, value) -> serde.serialize(topic, value.command());
    }

    public static StreamPartitioner<String, ToCell> partitioner() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(value.cell()));
    }
}
