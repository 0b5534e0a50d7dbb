package org.ambientvcp.telemetry;

import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TelemetrySample;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.telemetry.admission.EventOrder;
import org.ambientvcp.telemetry.admission.SampleCheck;
import org.ambientvcp.telemetry.energy.EnergyCheck;
import org.ambientvcp.telemetry.energy.EnergyFinding;
import org.ambientvcp.telemetry.energy.MeterReading;
import org.ambientvcp.telemetry.health.Health;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Makes health and energy of every sample, and tells the cells what is news.
final class AssessSample implements Processor<byte[], byte[], String, Object> {
    private final TelemetryConfig config;
    private final TelemetryMetrics metrics;
    private final SignedInput<TelemetrySample> input;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private Outputs outputs;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private NodePlaces places;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, Reputation> reputations;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, NodeState> states;

    AssessSample(
            TelemetryConfig config,
            SchemaRegistry registry,
            TelemetryTopology.Partitions partitions,
            TelemetryMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
        input = new SignedInput<>(
                Topics.TELEMETRY, registry, Domain.TELEMETRY, TelemetrySample::getNodeId, partitions.nodes());
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        outputs = new Outputs(context, metrics, config.scoreStepPpm());
        places = new NodePlaces(context);
        reputations = context.getStateStore(TelemetryTopology.REPUTATIONS);
        states = context.getStateStore(TelemetryTopology.STATES);
        ForgetNodes.schedule(context, config.forgetAfter());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        outputs.begin(record.key());
        switch (input.open(record.key(), record.value(), outputs.partition())) {
            case Opened.Refused<TelemetrySample>(var code, var reason) -> refuse(record, code, reason);
            case Opened.Valid<TelemetrySample>(var nodeId, var sample) -> admit(record, nodeId, sample);
        }
    }

    private void admit(Record<byte[], byte[]> record, String nodeId, TelemetrySample sample) {
        var registration = places.of(nodeId);
        if (registration == null) {
            refuse(record, "unregistered", "no registration of " + nodeId + " is known");
            return;
        }
        var state = states.get(nodeId);
        var refusal = SampleCheck.refusal(sample, state == null ? null : order(state), record.timestamp());
        if (refusal == null) assess(record, registration, state, sample);
        else refuse(record, refusal.code(), refusal.reason());
    }

    private void assess(
            Record<byte[], byte[]> record,
            NodeRegistration registration,
            @Nullable NodeState state,
            TelemetrySample sample) {
        metrics.sample();
        var nodeId = registration.getNodeId();
        var meter = measure(record, registration, state == null ? null : state.meter(), sample);
        var before = state == null ? null : state.health();
        var health = Health.afterSample(
                before,
                registration,
                reputations.get(nodeId),
                sample,
                meter == null ? null : (Integer) meter.reading().getPowerMilliwatts(),
                record.timestamp());
        outputs.notice(before, health);
        outputs.publish(health.published(), record.timestamp());
        var sent = outputs.tell(state == null ? null : state.sent(), registration, health, record.timestamp());
        var lastMeter = meter == null && state != null ? state.meter() : meter;
        states.put(nodeId, new NodeState(health, lastMeter, sent));
    }

    /// The sample's energy reading, if it has one that is believed.
    private @Nullable MeterReading measure(
            Record<byte[], byte[]> record,
            NodeRegistration registration,
            @Nullable MeterReading last,
            TelemetrySample sample) {
        var reading = sample.getEnergy();
        if (reading == null) return null;
        return switch (EnergyCheck.check(last, sample, reading, registration, config.carbon())) {
            case EnergyFinding.Implausible(var reason) -> {
                refuse(record, "implausible-energy", reason);
                yield null;
            }
            case EnergyFinding.First(var meter) -> believe(meter);
            case EnergyFinding.Used(var meter, var energy) -> {
                outputs.publish(energy, record.timestamp());
                yield believe(meter);
            }
        };
    }

    private MeterReading believe(MeterReading meter) {
        metrics.energyReading();
        return meter;
    }

    private void refuse(Record<byte[], byte[]> record, String code, String reason) {
        outputs.refuse(record.key(), record.value(), record.timestamp(), code, reason);
    }

    private static EventOrder order(NodeState state) {
        var last = state.health().published();
        return new EventOrder(last.getEpoch(), last.getSequence());
    }
}
