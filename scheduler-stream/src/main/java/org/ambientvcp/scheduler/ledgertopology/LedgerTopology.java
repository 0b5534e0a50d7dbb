package org.ambientvcp.scheduler.ledgertopology;

import com.codahale.metrics.MetricRegistry;
import org.ambientvcp.scheduler.SourceRecord;
import org.ambientvcp.scheduler.StorePart;
import org.ambientvcp.scheduler.ToCell;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/// Keeps the accounts and finds a cell for every admitted task.
///
/// ```text
///                                      ┌▶ ledger (entries)     ┌──── [books]
/// ledger-commands ──▶ keep-books ──────┼▶ balances             │
///       ▲  key = owner     │           ├▶ cell-commands (offers, partition = cell)
///       └──── credits ─────┘           ├▶ task-status (REJECTED)
///                          ▲           └▶ dead-letters
/// cell-summaries ─▶ [cell-summaries] of all cells, for the router
/// ```
///
/// Exactly once: entries, balances, offers, credits and stores commit together. Commands are read as bytes, so that
/// a dead letter keeps exactly what came.
///
/// The store is in memory, with a changelog: what is live is bounded by quotas, what is remembered by
/// [org.ambientvcp.scheduler.ledger.Memory], and a command costs microseconds. A restart reads the compacted changelog.
public final class LedgerTopology {
    /// Owners, holds and grants. The name is durable: it is part of the changelog topic's name.
    static final String BOOKS = "books";
    /// Exact values of the topic by cell; decoded when they are used.
    static final String SUMMARIES = "cell-summaries";

    static final String TO_ENTRIES = "to-ledger";
    static final String TO_BALANCES = "to-balances";
    static final String TO_OWNERS = "to-ledger-commands";
    static final String TO_CELLS = "to-cell-commands";
    static final String TO_STATUS = "to-task-status";
    static final String TO_DEAD_LETTERS = "to-dead-letters";

    private static final String KEEP_BOOKS = "keep-books";

    private LedgerTopology() {}

    /// @param cells number of cells: partitions of the topic of cell commands
    /// @param metrics counts of `scheduler.ledger.…` go there
    public static Topology build(SchemaRegistry registry, int cells, LedgerLimits limits, MetricRegistry metrics) {
        var topology = new Topology();
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(SUMMARIES), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "summaries",
                SourceRecord.timestamps(),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topics.CELL_SUMMARIES.name(),
                "keep-summaries",
                KeepSummaries::new);
        topology.addSource(
                AutoOffsetReset.earliest(),
                "commands",
                SourceRecord.timestamps(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Topics.LEDGER_COMMANDS.name());
        topology.addProcessor(KEEP_BOOKS, () -> new KeepBooks(registry, cells, limits, metrics), "commands");
        topology.addStateStore(StorePart.store(BOOKS), KEEP_BOOKS);
        sink(topology, TO_ENTRIES, Topics.LEDGER, registry);
        sink(topology, TO_BALANCES, Topics.BALANCES, registry);
        sink(topology, TO_OWNERS, Topics.LEDGER_COMMANDS, registry);
        sink(topology, TO_STATUS, Topics.TASK_STATUS, registry);
        sink(topology, TO_DEAD_LETTERS, Topics.DEAD_LETTERS, registry);
        topology.addSink(
                TO_CELLS,
                Topics.CELL_COMMANDS.name(),
                new StringSerializer(),
                ToCell.serializer(registry),
                ToCell.partitioner(),
                KEEP_BOOKS);
        return topology;
    }

    private static <V extends SpecificRecord> void sink(
            Topology topology, String name, Topic<V> topic, SchemaRegistry registry) {
        topology.addSink(name, topic.name(), new StringSerializer(), AvroSerde.of(topic, registry), KEEP_BOOKS);
    }
}
