package org.ambientvcp.scheduler.ledgertopology;

import com.codahale.metrics.MetricRegistry;
import java.util.Locale;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.GrantedFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.SourceRecord;
import org.ambientvcp.scheduler.StorePart;
import org.ambientvcp.scheduler.ToCell;
import org.ambientvcp.scheduler.ledger.Books;
import org.ambientvcp.scheduler.ledger.Effects;
import org.ambientvcp.scheduler.ledger.Ledger;
import org.ambientvcp.scheduler.ledger.Memory;
import org.ambientvcp.scheduler.ledger.Router;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies each command to the books: fetches what the rule needs, stores and sends what it says.
final class KeepBooks implements Processor<byte[], byte[], String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(KeepBooks.class);
    private static final String SERVICE = "scheduler-stream";

    private final SchemaRegistry registry;
    private final AvroSerde<LedgerCommand> serde;
    private final int cells;
    private final LedgerLimits limits;
    private final MetricRegistry metrics;
    private final Memory settled;
    private final Memory granted;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before process
    private ProcessorContext<String, Object> context;

    @SuppressWarnings("NullAway.Init") // as above
    private StorePart<OwnerState> owners;

    @SuppressWarnings("NullAway.Init") // as above
    private StorePart<HeldReward> holds;

    @SuppressWarnings("NullAway.Init") // as above
    private StorePart<GrantedFunds> grants;

    @SuppressWarnings("NullAway.Init") // as above
    private Summaries summaries;

    KeepBooks(SchemaRegistry registry, int cells, LedgerLimits limits, MetricRegistry metrics) {
        this.registry = registry;
        this.serde = AvroSerde.of(Topics.LEDGER_COMMANDS, registry);
        this.cells = cells;
        this.limits = limits;
        this.metrics = metrics;
        this.settled = new Memory(limits.maxRemembered());
        this.granted = new Memory(limits.maxRemembered());
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        KeyValueStore<String, byte[]> books = context.getStateStore(LedgerTopology.BOOKS);
        owners = new StorePart<>(books, "owners", OwnerState.class);
        holds = new StorePart<>(books, "holds", HeldReward.class);
        grants = new StorePart<>(books, "grants", GrantedFunds.class);
        summaries =
                new Summaries(context.<KeyValueStore<String, byte[]>>getStateStore(LedgerTopology.SUMMARIES), registry);
        holds.forEach((key, hold) -> {
            if (hold.getSettled()) settled.remember(key, hold.getAtEpochMillis());
        });
        grants.forEach((key, grant) -> granted.remember(key, grant.getAtEpochMillis()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var source = SourceRecord.of(context, record);
        var command = decode(source);
        if (command != null) apply(command, source);
        settled.forget(record.timestamp(), Memory.FORGET_AT_ONCE).forEach(holds::delete);
        granted.forget(record.timestamp(), Memory.FORGET_AT_ONCE).forEach(grants::delete);
    }

    private @Nullable LedgerCommand decode(SourceRecord source) {
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

    private void apply(LedgerCommand command, SourceRecord source) {
        var owner = Ledger.ownerOf(command);
        if (!owner.equals(source.key())) {
            refuse(
                    new Refusal(
                            "wrong-key",
                            "expected the owner " + Refusal.quote(owner) + " as key, got "
                                    + (source.key() == null ? "none" : Refusal.quote(source.key()))),
                    source);
            return;
        }
        var holdKey = Ledger.holdKey(command);
        var grantKey = Ledger.grantKey(command);
        var known = owners.get(owner);
        var before = known == null ? Books.newOwner(owner) : known;
        var books = new Books(
                before, holdKey == null ? null : holds.get(holdKey), grantKey == null ? null : grants.get(grantKey));
        var effects = Ledger.apply(command, books, limits.defaultMaxTasksInFlight(), source.timestampEpochMillis());
        metrics.counter("scheduler.ledger." + effects.event().name().toLowerCase(Locale.ROOT))
                .inc();
        LOG.atDebug()
                .addKeyValue("owner", owner)
                .addKeyValue("task", holdKey)
                .addKeyValue("event", effects.event())
                .log("command applied");
        store(effects, books, holdKey, grantKey);
        send(effects, source);
    }

    private void store(Effects effects, Books books, @Nullable String holdKey, @Nullable String grantKey) {
        var before = books.owner();
        if (!effects.owner().equals(before)) owners.put(before.getOwner(), effects.owner());
        if (effects.hold() != null && holdKey != null) {
            if (books.hold() != null && books.hold().getSettled())
                settled.recall(holdKey, books.hold().getAtEpochMillis());
            holds.put(holdKey, effects.hold());
            if (effects.hold().getSettled())
                settled.remember(holdKey, effects.hold().getAtEpochMillis());
        }
        if (effects.grant() != null && grantKey != null) {
            grants.put(grantKey, effects.grant());
            granted.remember(grantKey, effects.grant().getAtEpochMillis());
        }
    }

    private void send(Effects effects, SourceRecord source) {
        for (var entry : effects.entries()) forward(LedgerTopology.TO_ENTRIES, entry.getAccount(), entry, source);
        for (var balance : effects.balances())
            forward(LedgerTopology.TO_BALANCES, balance.getAccount(), balance, source);
        for (var credit : effects.credits())
            forward(LedgerTopology.TO_OWNERS, credit.getAccount(), new LedgerCommand(credit), source);
        if (effects.offer() != null) offer(effects.offer(), source);
        if (effects.rejected() != null)
            forward(
                    LedgerTopology.TO_STATUS,
                    Topics.taskStatusKey(
                            effects.rejected().getTenant(), effects.rejected().getTaskId()),
                    effects.rejected(),
                    source);
        for (var refusal : effects.refusals()) refuse(refusal, source);
    }

    private void offer(TaskOffer offer, SourceRecord source) {
        var known = summaries.look(cells);
        var route = Router.route(offer, cells, known::of);
        var task = offer.getTask();
        var routed = new CellCommand(new TaskOffer(task, offer.getPassedBy(), route.version()));
        var headers = source.trace(task.getTraceparent());
        EventHeaders.set(headers, EventHeaders.SUMMARIES, known.versions());
        context.forward(
                new Record<>(
                        task.getTaskId(),
                        (Object) new ToCell(route.cell(), routed),
                        source.timestampEpochMillis(),
                        headers),
                LedgerTopology.TO_CELLS);
    }

    private void refuse(Refusal refusal, SourceRecord source) {
        metrics.counter("scheduler.ledger.dead-letters." + refusal.code()).inc();
        var letter = source.refuse(refusal, SERVICE);
        LOG.atWarn()
                .addKeyValue("origin", DeadLetters.key(letter))
                .addKeyValue("code", refusal.code())
                .addKeyValue("reason", refusal.reason())
                .log("ledger command refused");
        forward(LedgerTopology.TO_DEAD_LETTERS, DeadLetters.key(letter), letter, source);
    }

    private void forward(String sink, String key, Object value, SourceRecord source) {
        context.forward(new Record<>(key, value, source.timestampEpochMillis(), source.trace(null)), sink);
    }
}
