package org.ambientvcp.telemetry;

import java.nio.charset.StandardCharsets;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.telemetry.admission.HomeCheck;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// Keeps where nodes are that were moved. The new cell is told at once what is known of the node, so that nothing the
/// old one was told meanwhile is missing there; its arrival is in the new cell's log already.
final class ApplyHome implements Processor<String, NodeHome, String, Object> {
    private final TelemetryConfig config;
    private final TelemetryMetrics metrics;
    private final AvroSerde<NodeHome> serde;
    private final int cells;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private Outputs outputs;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private NodePlaces places;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, NodeHome> homes;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    private KeyValueStore<String, NodeState> states;

    ApplyHome(
            TelemetryConfig config,
            SchemaRegistry registry,
            TelemetryTopology.Partitions partitions,
            TelemetryMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
        serde = AvroSerde.of(Topics.NODE_CELLS, registry);
        cells = partitions.cells();
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        outputs = new Outputs(context, metrics, config.scoreStepPpm());
        places = new NodePlaces(context);
        homes = context.getStateStore(TelemetryTopology.HOMES);
        states = context.getStateStore(TelemetryTopology.STATES);
    }

    @Override
    public void process(Record<String, NodeHome> record) {
        outputs.begin(record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8));
        var refusal = HomeCheck.refusal(record.key(), record.value(), cells);
        if (refusal != null) {
            outputs.refuse(
                    record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
                    serde.serialize(Topics.NODE_CELLS.name(), record.value()),
                    record.timestamp(),
                    refusal.code(),
                    refusal.reason());
            return;
        }
        if (record.value() == null) homes.delete(record.key());
        else homes.put(record.key(), record.value());
        tell(record.key(), record.timestamp());
    }

    private void tell(String nodeId, long timestamp) {
        var state = states.get(nodeId);
        var registration = places.of(nodeId);
        if (state == null || registration == null) return;
        var health = state.health().in(registration.getCell());
        outputs.publish(health.published(), timestamp);
        var sent = outputs.tell(state.sent(), registration, health, timestamp);
        states.put(nodeId, new NodeState(health, state.meter(), sent));
    }
}
