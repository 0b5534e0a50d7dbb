package org.ambientvcp.scheduler.celltopology;

import com.codahale.metrics.MetricRegistry;
import java.util.Optional;
import java.util.Set;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.scheduler.SourceRecord;
import org.ambientvcp.scheduler.StorePart;
import org.ambientvcp.scheduler.ToCell;
import org.ambientvcp.scheduler.cell.CellSettings;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// Runs one cell for each partition of the command topic.
///
/// ```text
///                                 ┌▶ assignments (partition = cell)
/// cell-commands ──▶ run-cell ─────┼▶ task-status
///       ▲   partition │  │        ├▶ verifications
///       │    = cell   │  │        ├▶ ledger-commands
///       │             │  │        ├▶ reputation, node-cells
///       └─── ticks ───┘  │        ├▶ cell-summaries
///            and config  │        └▶ dead-letters
///                [state]
/// ```
///
/// Exactly once: outputs, stores and the place in the log commit together. Commands are read as bytes, so that a dead
/// letter keeps exactly what came. The store is in memory, with a changelog; it holds what is live and, for a while,
/// the names of what has ended.
///
/// What the wall clock causes is no decision: it logs ticks and settings to the cell's own partition, where they take
/// their place among the other commands, and it writes summaries, of which the router says in the log which it used.
public final class CellTopology {
    /// Nodes, tasks, what is remembered of finished ones, turns and the rest. The name is durable: it is part of the
    /// changelog topic's name.
    static final String STATE = "state";

    static final String TO_ASSIGNMENTS = "to-assignments";
    static final String TO_STATUS = "to-task-status";
    static final String TO_VERIFICATIONS = "to-verifications";
    static final String TO_LEDGER = "to-ledger-commands";
    static final String TO_REPUTATION = "to-reputation";
    static final String TO_NODE_CELLS = "to-node-cells";
    static final String TO_SUMMARIES = "to-cell-summaries";
    static final String TO_CELLS = "to-cell-commands";
    static final String TO_DEAD_LETTERS = "to-dead-letters";

    private static final String RUN_CELL = "run-cell";

    private CellTopology() {}

    /// @param config what every cell's settings shall be; logged as a command where they are others
    /// @param metrics counts of `scheduler.cell.…` go there
    /// @throws IllegalArgumentException if a setting is out of range
    public static Topology build(SchemaRegistry registry, CellConfig config, MetricRegistry metrics) {
        var problems = CellSettings.problems(config);
        if (!problems.isEmpty()) throw new IllegalArgumentException(String.join("; ", problems));
        var topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "commands",
                SourceRecord.timestamps(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Topics.CELL_COMMANDS.name());
        topology.addProcessor(RUN_CELL, () -> new RunCell(registry, config, metrics), "commands");
        topology.addStateStore(StorePart.store(STATE), RUN_CELL);
        topology.addSink(
                TO_ASSIGNMENTS,
                Topics.ASSIGNMENTS.name(),
                new StringSerializer(),
                AvroSerde.of(Topics.ASSIGNMENTS, registry),
                ofItsCell(),
                RUN_CELL);
        sink(topology, TO_STATUS, Topics.TASK_STATUS, registry);
        sink(topology, TO_VERIFICATIONS, Topics.VERIFICATIONS, registry);
        sink(topology, TO_LEDGER, Topics.LEDGER_COMMANDS, registry);
        sink(topology, TO_REPUTATION, Topics.REPUTATION, registry);
        sink(topology, TO_NODE_CELLS, Topics.NODE_CELLS, registry);
        sink(topology, TO_SUMMARIES, Topics.CELL_SUMMARIES, registry);
        sink(topology, TO_DEAD_LETTERS, Topics.DEAD_LETTERS, registry);
        topology.addSink(
                TO_CELLS,
                Topics.CELL_COMMANDS.name(),
                new StringSerializer(),
                ToCell.serializer(registry),
                ToCell.partitioner(),
                RUN_CELL);
        return topology;
    }

    private static StreamPartitioner<String, Assignment> ofItsCell() {
        return (topic, key, assignment, partitions) -> Optional.of(Set.of(assignment.getCell()));
    }

    private static <V extends SpecificRecord> void sink(
            Topology topology, String name, Topic<V> topic, SchemaRegistry registry) {
        topology.addSink(name, topic.name(), new StringSerializer(), AvroSerde.of(topic, registry), RUN_CELL);
    }
}
