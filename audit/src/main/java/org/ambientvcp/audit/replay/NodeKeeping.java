package org.ambientvcp.audit.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.audit.log.LoggedSchemas;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.telemetry.NodeState;
import org.ambientvcp.telemetry.NodeStateSerde;
import org.ambientvcp.telemetry.SignedInput;
import org.ambientvcp.telemetry.admission.EventOrder;
import org.ambientvcp.telemetry.admission.HomeCheck;
import org.ambientvcp.telemetry.admission.RegistrationCheck;
import org.ambientvcp.telemetry.admission.ReputationCheck;
import org.ambientvcp.telemetry.admission.SampleCheck;
import org.ambientvcp.telemetry.energy.EnergyCheck;
import org.ambientvcp.telemetry.energy.EnergyFinding;
import org.ambientvcp.telemetry.energy.MeterReading;
import org.ambientvcp.telemetry.health.Health;
import org.ambientvcp.telemetry.health.HealthState;
import org.ambientvcp.telemetry.update.Known;
import org.ambientvcp.telemetry.update.NodeUpdates;
import org.ambientvcp.telemetry.update.SentUpdate;
import org.jspecify.annotations.Nullable;

/// One partition of telemetry-ingest in memory: the same steps as the application, without Kafka. One thread.
public final class NodeKeeping {
    private static final String SERVICE = "telemetry-ingest";
    private static final String REGISTRATIONS = "REGISTRATIONS";
    private static final String REPUTATIONS = "REPUTATIONS";
    private static final String STATES = "STATES";
    private static final String HOMES = "HOMES";

    private final LoggedSchemas schemas;
    private final int cells;
    private final AuditSettings settings;
    private final SignedInput<NodeRegistration> registrationInput;
    private final SignedInput<TelemetrySample> sampleInput;
    private final Map<String, NodeRegistration> registrations = new HashMap<>();
    private final Map<String, Reputation> reputations = new HashMap<>();
    private final Map<String, NodeState> states = new HashMap<>();
    private final Map<String, NodeHome> homes = new HashMap<>();

    /// @param cells partitions of the cell commands
    /// @param partitions of nodes, telemetry and reputation
    public NodeKeeping(LoggedSchemas schemas, int cells, int partitions, AuditSettings settings) {
        this.schemas = schemas;
        this.cells = cells;
        this.settings = settings;
        registrationInput =
                new SignedInput<>(Topics.NODES, schemas, Domain.REGISTRATION, NodeRegistration::getNodeId, partitions);
        sampleInput =
                new SignedInput<>(Topics.TELEMETRY, schemas, Domain.TELEMETRY, TelemetrySample::getNodeId, partitions);
    }

    void restore(Checkpoint.@Nullable State start) {
        if (start == null) return;
        try (var serde = new NodeStateSerde()) {
            for (var item : start.items()) {
                switch (item.store()) {
                    case REGISTRATIONS ->
                        registrations.put(item.key(), SingleObject.decode(NodeRegistration.class, item.value()));
                    case REPUTATIONS ->
                        reputations.put(item.key(), SingleObject.decode(Reputation.class, item.value()));
                    case HOMES -> homes.put(item.key(), SingleObject.decode(NodeHome.class, item.value()));
                    case STATES -> states.put(item.key(), serde.deserialize("", item.value()));
                    default -> throw new IllegalArgumentException("no store of telemetry: " + item.store());
                }
            }
        }
    }

    Checkpoint.State state(long nextOffset) {
        var items = new ArrayList<Checkpoint.Item>();
        registrations.forEach(
                (key, value) -> items.add(new Checkpoint.Item(REGISTRATIONS, key, SingleObject.encode(value))));
        reputations.forEach(
                (key, value) -> items.add(new Checkpoint.Item(REPUTATIONS, key, SingleObject.encode(value))));
        homes.forEach((key, value) -> items.add(new Checkpoint.Item(HOMES, key, SingleObject.encode(value))));
        try (var serde = new NodeStateSerde()) {
            states.forEach((key, value) -> items.add(new Checkpoint.Item(STATES, key, serde.serialize("", value))));
        }
        return new Checkpoint.State(nextOffset, items);
    }

    /// What is known of a node now.
    public Known known(String nodeId) {
        var state = states.get(nodeId);
        return Known.of(
                registrations.get(nodeId),
                state == null ? null : state.health().published(),
                reputations.get(nodeId),
                homes.get(nodeId));
    }

    /// The node was silent for so long that telemetry-ingest forgot it, as its own tombstone says.
    void forget(String nodeId) {
        registrations.remove(nodeId);
        states.remove(nodeId);
        reputations.remove(nodeId);
        homes.remove(nodeId);
    }

    /// What the node says it is, in the cell where it is.
    private @Nullable NodeRegistration placed(String nodeId) {
        return HomeCheck.placed(registrations.get(nodeId), homes.get(nodeId));
    }

    /// What a record of nodes, telemetry or reputation gives.
    public List<Expected> apply(LogPartition place, LoggedRecord record) {
        if (place.topic().equals(Topics.NODES)) return register(place, record);
        if (place.topic().equals(Topics.NODE_CELLS)) return home(place, record);
        return place.topic().equals(Topics.TELEMETRY) ? sample(place, record) : reputation(place, record);
    }

    private List<Expected> register(LogPartition place, LoggedRecord record) {
        return switch (registrationInput.open(record.key(), record.value(), place.partition())) {
            case Opened.Refused<NodeRegistration>(var code, var reason) -> refused(code, reason, place, record);
            case Opened.Valid<NodeRegistration>(var nodeId, var registration) -> {
                var refusal = RegistrationCheck.refusal(registration, registrations.get(nodeId), cells);
                if (refusal != null) yield refused(refusal.code(), refusal.reason(), place, record);
                registrations.put(nodeId, registration);
                var state = states.get(nodeId);
                if (state == null) yield List.of();
                var outputs = new ArrayList<Expected>();
                var placed = Objects.requireNonNull(placed(nodeId));
                var sent = tell(state.sent(), placed, state.health(), record.eventTime(), outputs);
                states.put(nodeId, new NodeState(state.health(), state.meter(), sent));
                yield outputs;
            }
        };
    }

    private List<Expected> sample(LogPartition place, LoggedRecord record) {
        return switch (sampleInput.open(record.key(), record.value(), place.partition())) {
            case Opened.Refused<TelemetrySample>(var code, var reason) -> refused(code, reason, place, record);
            case Opened.Valid<TelemetrySample>(var nodeId, var sample) -> {
                var registration = placed(nodeId);
                if (registration == null)
                    yield refused("unregistered", "no registration of " + nodeId + " is known", place, record);
                var state = states.get(nodeId);
                var refusal = SampleCheck.refusal(sample, state == null ? null : order(state), record.eventTime());
                yield refusal == null
                        ? assess(place, record, registration, state, sample)
                        : refused(refusal.code(), refusal.reason(), place, record);
            }
        };
    }

    private List<Expected> assess(
            LogPartition place,
            LoggedRecord record,
            NodeRegistration registration,
            @Nullable NodeState state,
            TelemetrySample sample) {
        var outputs = new ArrayList<Expected>();
        var nodeId = registration.getNodeId();
        var meter = measure(place, record, registration, state == null ? null : state.meter(), sample, outputs);
        var health = Health.afterSample(
                state == null ? null : state.health(),
                registration,
                reputations.get(nodeId),
                sample,
                meter == null ? null : (Integer) meter.reading().getPowerMilliwatts(),
                record.eventTime());
        outputs.add(Expected.byKey(Topics.NODE_HEALTH, nodeId, health.published(), record.eventTime()));
        var sent = tell(state == null ? null : state.sent(), registration, health, record.eventTime(), outputs);
        states.put(nodeId, new NodeState(health, meter == null && state != null ? state.meter() : meter, sent));
        return outputs;
    }

    private @Nullable MeterReading measure(
            LogPartition place,
            LoggedRecord record,
            NodeRegistration registration,
            @Nullable MeterReading last,
            TelemetrySample sample,
            List<Expected> outputs) {
        var reading = sample.getEnergy();
        if (reading == null) return null;
        return switch (EnergyCheck.check(last, sample, reading, registration, settings.carbon())) {
            case EnergyFinding.Implausible(var reason) -> {
                outputs.addAll(refused("implausible-energy", reason, place, record));
                yield null;
            }
            case EnergyFinding.First(var meter) -> meter;
            case EnergyFinding.Used(var meter, var energy) -> {
                outputs.add(Expected.byKey(Topics.ENERGY, energy.getNodeId(), energy, record.eventTime()));
                yield meter;
            }
        };
    }

    private List<Expected> reputation(LogPartition place, LoggedRecord record) {
        Reputation reputation = null;
        try {
            if (record.value() != null) reputation = schemas.decode(Topics.REPUTATION, record.value());
        } catch (MalformedEventException malformed) {
            return List.of(); // Kafka Streams made a dead letter of it before any rule saw it
        }
        var key = record.keyText();
        var refusal = ReputationCheck.refusal(key, reputation);
        if (refusal != null) return refused(refusal.code(), refusal.reason(), place, record);
        if (key == null) return List.of();
        if (reputation == null) {
            reputations.remove(key);
            return List.of();
        }
        var before = reputations.put(key, reputation);
        var state = states.get(key);
        var registration = placed(key);
        if (state == null || registration == null) return List.of();
        var outputs = new ArrayList<Expected>();
        var health = Health.afterVerdicts(state.health(), before, reputation, record.eventTime());
        outputs.add(Expected.byKey(Topics.NODE_HEALTH, key, health.published(), record.eventTime()));
        var sent = tell(state.sent(), registration, health, record.eventTime(), outputs);
        states.put(key, new NodeState(health, state.meter(), sent));
        return outputs;
    }

    private List<Expected> home(LogPartition place, LoggedRecord record) {
        NodeHome home = null;
        try {
            if (record.value() != null) home = schemas.decode(Topics.NODE_CELLS, record.value());
        } catch (MalformedEventException malformed) {
            return List.of(); // Kafka Streams made a dead letter of it before any rule saw it
        }
        var key = record.keyText();
        var refusal = HomeCheck.refusal(key, home, cells);
        if (refusal != null) return refused(refusal.code(), refusal.reason(), place, record);
        if (key == null) return List.of();
        if (home == null) homes.remove(key);
        else homes.put(key, home);
        var state = states.get(key);
        var registration = placed(key);
        if (state == null || registration == null) return List.of();
        var outputs = new ArrayList<Expected>();
        var health = state.health().in(registration.getCell());
        outputs.add(Expected.byKey(Topics.NODE_HEALTH, key, health.published(), record.eventTime()));
        var sent = tell(state.sent(), registration, health, record.eventTime(), outputs);
        states.put(key, new NodeState(health, state.meter(), sent));
        return outputs;
    }

    private @Nullable SentUpdate tell(
            @Nullable SentUpdate sent,
            NodeRegistration registration,
            HealthState health,
            long timestamp,
            List<Expected> outputs) {
        var due = NodeUpdates.due(
                sent, registration, health.published(), Health.eventTime(health, timestamp), settings.scoreStepPpm());
        for (var update : due.updates())
            outputs.add(new Expected(
                    Topics.CELL_COMMANDS,
                    update.cell(),
                    update.update().getNodeId(),
                    new CellCommand(update.with(reputations.get(update.update().getNodeId()))
                            .update()),
                    timestamp));
        return due.sent();
    }

    private static List<Expected> refused(String code, String reason, LogPartition place, LoggedRecord record) {
        return List.of(CellOutputs.deadLetter(code, reason, SERVICE, place, record));
    }

    private static EventOrder order(NodeState state) {
        var last = state.health().published();
        return new EventOrder(last.getEpoch(), last.getSequence());
    }
}
