package org.ambientvcp.scheduler.celltopology;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.util.List;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.Tick;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.SourceRecord;
import org.ambientvcp.scheduler.ToCell;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.cell.Output;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies each command of its partition to the cell, stores and sends what it says. Decides nothing.
final class RunCell implements Processor<byte[], byte[], String, Object> {
    /// How often it looks whether a tick is due.
    static final Duration LOOK = Duration.ofMillis(50);

    /// How often the router is told, if there is news.
    static final Duration TELL = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(RunCell.class);
    private static final String SERVICE = "scheduler-stream";

    private final AvroSerde<CellCommand> serde;
    private final CellConfig config;
    private final MetricRegistry metrics;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    private ProcessorContext<String, Object> context;

    @SuppressWarnings("NullAway.Init") // as above
    private CellStores stores;

    @SuppressWarnings("NullAway.Init") // as above
    private Cell cell;

    @SuppressWarnings("NullAway.Init") // as above
    private CellMetrics counts;

    private int number;
    private boolean configLogged;
    private boolean tickLogged;
    private long ticks;
    private @Nullable CellSummary told;

    RunCell(SchemaRegistry registry, CellConfig config, MetricRegistry metrics) {
        serde = AvroSerde.of(Topics.CELL_COMMANDS, registry);
        this.config = config;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        number = context.taskId().partition();
        stores = new CellStores(context);
        cell = Cell.restore(number, stores.snapshot());
        counts = new CellMetrics(metrics, number, cell);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
        context.schedule(TELL, PunctuationType.WALL_CLOCK_TIME, this::tell);
        LOG.atInfo()
                .addKeyValue("cell", number)
                .addKeyValue("queued", cell.queuedTasks())
                .addKeyValue("leased", cell.leasedTasks())
                .log("cell starts");
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var source = SourceRecord.of(context, record);
        var command = decode(source);
        if (command == null) return;
        if (command.getBody() instanceof Tick) tickLogged = false;
        try (var _ = counts.time()) {
            var effects = cell.apply(offset(), source.timestampEpochMillis(), command);
            effects.changes().forEach(stores::apply);
            send(effects, source);
            counts.count(command, effects);
        }
    }

    private long offset() {
        return context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("no record in process"))
                .offset();
    }

    private @Nullable CellCommand decode(SourceRecord source) {
        var value = source.value();
        if (value == null) {
            refuse(new Refusal("undecodable", "the record has no value"), source);
            return null;
        }
        try {
            return serde.deserialize(source.topic(), value);
        } catch (MalformedEventException malformed) {
            refuse(new Refusal("undecodable", String.valueOf(malformed.getMessage())), source);
            return null;
        }
    }

    private void send(Effects effects, SourceRecord source) {
        send(CellTopology.TO_ASSIGNMENTS, effects.assignments(), source);
        send(CellTopology.TO_STATUS, effects.statuses(), source);
        send(CellTopology.TO_VERIFICATIONS, effects.verifications(), source);
        send(CellTopology.TO_LEDGER, effects.ledger(), source);
        send(CellTopology.TO_REPUTATION, effects.reputations(), source);
        send(CellTopology.TO_NODE_CELLS, effects.homes(), source);
        for (var command : effects.commands())
            context.forward(
                    new Record<>(
                            command.key(),
                            (Object) new ToCell(command.cell(), command.command()),
                            source.timestampEpochMillis(),
                            source.cause(Trace.headers(null))),
                    CellTopology.TO_CELLS);
        for (var refusal : effects.refusals()) refuse(refusal, source);
    }

    private void send(String sink, List<? extends Output<? extends SpecificRecord>> outputs, SourceRecord source) {
        for (var output : outputs)
            context.forward(
                    new Record<>(
                            output.key(),
                            (Object) output.value(),
                            source.timestampEpochMillis(),
                            source.cause(Trace.headers(output.traceparent()))),
                    sink);
    }

    private void refuse(Refusal refusal, SourceRecord source) {
        var letter = source.refuse(refusal, SERVICE);
        context.forward(
                new Record<>(
                        DeadLetters.key(letter),
                        (Object) letter,
                        source.timestampEpochMillis(),
                        source.cause(Trace.headers(null))),
                CellTopology.TO_DEAD_LETTERS);
        counts.refused();
        LOG.atDebug()
                .addKeyValue("origin", DeadLetters.key(letter))
                .addKeyValue("code", refusal.code())
                .addKeyValue("reason", refusal.reason())
                .log("command refused");
    }

    /// Logs a tick if something is due and none is under way, and once the settings if they are not those of the log.
    private void look(long wallMillis) {
        if (!configLogged) {
            configLogged = true;
            if (!config.equals(cell.config())) log("config", new CellCommand(config), wallMillis);
        }
        var due = cell.nextTimer();
        if (tickLogged || due.isEmpty() || due.getAsLong() > wallMillis) return;
        tickLogged = true;
        log("tick", new CellCommand(new Tick(ticks++)), wallMillis);
    }

    private void log(String key, CellCommand command, long wallMillis) {
        context.forward(new Record<>(key, (Object) new ToCell(number, command), wallMillis), CellTopology.TO_CELLS);
    }

    private void tell(long wallMillis) {
        var summary = cell.summary();
        if (told != null && sameNews(told, summary)) return;
        told = summary;
        context.forward(
                new Record<>(Integer.toString(number), (Object) summary, wallMillis), CellTopology.TO_SUMMARIES);
    }

    /// Whether only the version differs.
    private static boolean sameNews(CellSummary one, CellSummary other) {
        return one.getLiveNodes() == other.getLiveNodes()
                && one.getFreeSlots() == other.getFreeSlots()
                && one.getQueuedTasks() == other.getQueuedTasks()
                && one.getLeasedTasks() == other.getLeasedTasks()
                && one.getMovingNodes() == other.getMovingNodes()
                && one.getMaxQueuedTasks() == other.getMaxQueuedTasks()
                && one.getClasses().equals(other.getClasses());
    }

    @Override
    public void close() {
        counts.close();
    }
}
