package org.ambientvcp.telemetry;

import java.nio.charset.StandardCharsets;
import org.ambientvcp.events.NodeEnergy;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.schemas.Cause;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.telemetry.health.Health;
import org.ambientvcp.telemetry.health.HealthState;
import org.ambientvcp.telemetry.update.Known;
import org.ambientvcp.telemetry.update.NodeUpdates;
import org.ambientvcp.telemetry.update.SentUpdate;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ways out that the four processors share. Headers of the input are left behind: they are the sender's.
final class Outputs {
    private static final Logger LOG = LoggerFactory.getLogger(Outputs.class);

    private final ProcessorContext<String, Object> context;
    private final TelemetryMetrics metrics;
    private final int scoreStepPpm;
    private final KeyValueStore<String, Reputation> reputations;
    private String known = "";
    private int caused;

    Outputs(ProcessorContext<String, Object> context, TelemetryMetrics metrics, int scoreStepPpm) {
        this.context = context;
        this.metrics = metrics;
        this.scoreStepPpm = scoreStepPpm;
        reputations = context.getStateStore(TelemetryTopology.REPUTATIONS);
    }

    /// Begins a record. Which of a node's inputs Kafka Streams reads first is decided while it runs; so every output
    /// says what was known of the node when its input was read, and the log alone gives the order again.
    ///
    /// @param key of the record
    void begin(byte @Nullable [] key) {
        caused = 0;
        var nodeId = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        var state = context.<KeyValueStore<String, NodeState>>getStateStore(TelemetryTopology.STATES)
                .get(nodeId);
        known = Known.of(
                        context.<KeyValueStore<String, NodeRegistration>>getStateStore(TelemetryTopology.REGISTRATIONS)
                                .get(nodeId),
                        state == null ? null : state.health().published(),
                        reputations.get(nodeId),
                        context.<KeyValueStore<String, NodeHome>>getStateStore(TelemetryTopology.HOMES)
                                .get(nodeId))
                .toString();
    }

    private Headers headers() {
        var origin = context.recordMetadata().orElseThrow();
        var headers = new Cause(origin.topic(), origin.partition(), origin.offset(), caused++).in(new RecordHeaders());
        EventHeaders.set(headers, EventHeaders.KNOWN, known);
        return headers;
    }

    /// Partition the current record came in.
    int partition() {
        return context.recordMetadata().orElseThrow().partition();
    }

    void publish(NodeHealth health, long timestamp) {
        context.forward(new Record<>(health.getNodeId(), health, timestamp, headers()), TelemetryTopology.NODE_HEALTH);
    }

    void publish(NodeEnergy energy, long timestamp) {
        context.forward(new Record<>(energy.getNodeId(), energy, timestamp, headers()), TelemetryTopology.ENERGY);
    }

    /// Tells the cells what is news to them, with the node's reputation, by which a cell knows again whom it had
    /// forgotten; a reputation alone is no news. Returns what they know then.
    @Nullable
    SentUpdate tell(@Nullable SentUpdate sent, NodeRegistration registration, HealthState health, long timestamp) {
        var now = Health.eventTime(health, timestamp);
        var due = NodeUpdates.due(sent, registration, health.published(), now, scoreStepPpm);
        for (var update : due.updates()) {
            metrics.nodeUpdate();
            var reputation = reputations.get(update.update().getNodeId());
            context.forward(
                    new Record<>(update.update().getNodeId(), update.with(reputation), timestamp, headers()),
                    TelemetryTopology.CELL_COMMANDS);
        }
        return due.sent();
    }

    /// Counts and logs a breaker that has changed.
    void notice(@Nullable HealthState before, HealthState after) {
        var breaker = after.breaker();
        var sameAsBefore =
                before == null ? breaker.trip() == null : before.breaker().breaker() == breaker.breaker();
        if (sameAsBefore) return;
        metrics.breakerBecame(breaker.breaker());
        LOG.atInfo()
                .addKeyValue("nodeId", after.published().getNodeId())
                .addKeyValue("breaker", breaker.breaker())
                .addKeyValue("reason", breaker.reason())
                .log("breaker has changed");
    }

    /// Makes a dead letter of the current record.
    void refuse(byte @Nullable [] key, byte @Nullable [] value, long timestamp, String code, String reason) {
        metrics.refused(code);
        var origin = context.recordMetadata().orElseThrow();
        var letter = DeadLetters.of(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                timestamp,
                key,
                value,
                code,
                reason,
                TelemetryIngest.NAME);
        LOG.atDebug()
                .addKeyValue("origin", DeadLetters.key(letter))
                .addKeyValue("code", code)
                .addKeyValue("reason", letter.getReason())
                .log("record refused");
        context.forward(
                new Record<>(DeadLetters.key(letter), letter, timestamp, headers()), TelemetryTopology.DEAD_LETTERS);
    }
}
