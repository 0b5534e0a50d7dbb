package org.ambientvcp.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.telemetry.admission.RegistrationCheck;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// Keeps the newest registration of every node, and tells the cells what it changes.
final class RegisterNode implements Processor<byte[], byte[], String, Object> {
    private final TelemetryConfig config;
    private final TelemetryMetrics metrics;
    private final SignedInput<NodeRegistration> input;
    private final int cells;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private Outputs outputs;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, NodeRegistration> registrations;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, NodeState> states;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, Long> registeredAt;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private NodePlaces places;

    RegisterNode(
            TelemetryConfig config,
            SchemaRegistry registry,
            TelemetryTopology.Partitions partitions,
            TelemetryMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
        cells = partitions.cells();
        input = new SignedInput<>(
                Topics.NODES, registry, Domain.REGISTRATION, NodeRegistration::getNodeId, partitions.nodes());
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        outputs = new Outputs(context, metrics, config.scoreStepPpm());
        registrations = context.getStateStore(TelemetryTopology.REGISTRATIONS);
        states = context.getStateStore(TelemetryTopology.STATES);
        registeredAt = context.getStateStore(TelemetryTopology.REGISTERED_AT);
        places = new NodePlaces(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (isOurTombstone(record)) return;
        outputs.begin(record.key());
        switch (input.open(record.key(), record.value(), outputs.partition())) {
            case Opened.Refused<NodeRegistration>(var code, var reason) ->
                outputs.refuse(record.key(), record.value(), record.timestamp(), code, reason);
            case Opened.Valid<NodeRegistration>(var nodeId, var registration) -> register(record, nodeId, registration);
        }
    }

    /// Of a node that is forgotten, or was never known. That of a node that is known was written by somebody else.
    private boolean isOurTombstone(Record<byte[], byte[]> record) {
        return record.key() != null
                && record.value() == null
                && registrations.get(new String(record.key(), StandardCharsets.UTF_8)) == null;
    }

    private void register(Record<byte[], byte[]> record, String nodeId, NodeRegistration registration) {
        var refusal = RegistrationCheck.refusal(registration, registrations.get(nodeId), cells);
        if (refusal != null) {
            outputs.refuse(record.key(), record.value(), record.timestamp(), refusal.code(), refusal.reason());
            return;
        }
        metrics.registration();
        registrations.put(nodeId, registration);
        registeredAt.put(nodeId, record.timestamp());
        var state = states.get(nodeId);
        if (state == null) return; // no sample yet: nothing is known that a cell could use
        var placed = Objects.requireNonNull(places.of(nodeId));
        var sent = outputs.tell(state.sent(), placed, state.health(), record.timestamp());
        states.put(nodeId, new NodeState(state.health(), state.meter(), sent));
    }
}
