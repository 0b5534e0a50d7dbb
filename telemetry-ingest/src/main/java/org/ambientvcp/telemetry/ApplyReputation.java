package org.ambientvcp.telemetry;

import java.nio.charset.StandardCharsets;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.telemetry.admission.ReputationCheck;
import org.ambientvcp.telemetry.health.Health;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// Keeps the reputation of every node; a verdict ends the probe of a half-open breaker. A tombstone makes a
/// node new again.
final class ApplyReputation implements Processor<String, Reputation, String, Object> {
    private final TelemetryConfig config;
    private final TelemetryMetrics metrics;
    private final AvroSerde<Reputation> serde;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private Outputs outputs;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private NodePlaces places;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, Reputation> reputations;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, NodeState> states;

    ApplyReputation(TelemetryConfig config, SchemaRegistry registry, TelemetryMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
        serde = AvroSerde.of(Topics.REPUTATION, registry);
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        outputs = new Outputs(context, metrics, config.scoreStepPpm());
        places = new NodePlaces(context);
        reputations = context.getStateStore(TelemetryTopology.REPUTATIONS);
        states = context.getStateStore(TelemetryTopology.STATES);
    }

    @Override
    public void process(Record<String, Reputation> record) {
        outputs.begin(record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8));
        var refusal = ReputationCheck.refusal(record.key(), record.value());
        if (refusal != null)
            outputs.refuse(
                    record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
                    serde.serialize(Topics.REPUTATION.name(), record.value()),
                    record.timestamp(),
                    refusal.code(),
                    refusal.reason());
        else if (record.value() == null) reputations.delete(record.key());
        else apply(record.key(), record.value(), record.timestamp());
    }

    private void apply(String nodeId, Reputation reputation, long timestamp) {
        var before = reputations.get(nodeId);
        reputations.put(nodeId, reputation);
        var state = states.get(nodeId);
        var registration = places.of(nodeId);
        if (state == null || registration == null) return;
        var health = Health.afterVerdicts(state.health(), before, reputation, timestamp);
        outputs.notice(state.health(), health);
        outputs.publish(health.published(), timestamp);
        var sent = outputs.tell(state.sent(), registration, health, timestamp);
        states.put(nodeId, new NodeState(health, state.meter(), sent));
    }
}
