package org.ambientvcp.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets nodes that have been silent for long, by event time: in the stores, and in the compacted topics that hold
/// a record of each. Only what a node signed itself counts as a word of it.
final class ForgetNodes {
    private static final Logger LOG = LoggerFactory.getLogger(ForgetNodes.class);
    private static final int LOOKS = 24;

    private final ProcessorContext<String, Object> context;
    private final long silentMillis;
    private final KeyValueStore<String, NodeRegistration> registrations;
    private final KeyValueStore<String, NodeState> states;
    private final KeyValueStore<String, Reputation> reputations;
    private final KeyValueStore<String, NodeHome> homes;
    private final KeyValueStore<String, Long> registeredAt;

    private ForgetNodes(ProcessorContext<String, Object> context, Duration silence) {
        this.context = context;
        silentMillis = silence.toMillis();
        registrations = context.getStateStore(TelemetryTopology.REGISTRATIONS);
        states = context.getStateStore(TelemetryTopology.STATES);
        reputations = context.getStateStore(TelemetryTopology.REPUTATIONS);
        homes = context.getStateStore(TelemetryTopology.HOMES);
        registeredAt = context.getStateStore(TelemetryTopology.REGISTERED_AT);
    }

    /// Looks 24 times in the silence that is allowed. One look is O(nodes of the partition).
    static void schedule(ProcessorContext<String, Object> context, Duration silence) {
        var forget = new ForgetNodes(context, silence);
        context.schedule(silence.dividedBy(LOOKS), PunctuationType.STREAM_TIME, forget::look);
    }

    private void look(long now) {
        var silent = new ArrayList<String>();
        var unknownSince = new ArrayList<String>();
        try (var all = registrations.all()) {
            all.forEachRemaining(entry -> {
                var heard = heard(entry.key);
                if (heard < 0) unknownSince.add(entry.key);
                else if (now - heard >= silentMillis) silent.add(entry.key);
            });
        }
        for (var nodeId : unknownSince) registeredAt.put(nodeId, now); // stored by a version that did not note it
        for (var nodeId : silent) forget(nodeId, now);
        if (!silent.isEmpty()) LOG.atInfo().addKeyValue("nodes", silent.size()).log("silent nodes forgotten");
    }

    /// Event time of the node's last word; -1 = not noted.
    private long heard(String nodeId) {
        var at = registeredAt.get(nodeId);
        var state = states.get(nodeId);
        var registered = at == null ? -1 : at;
        return state == null
                ? registered
                : Math.max(registered, state.health().published().getSampledAtEpochMillis());
    }

    private void forget(String nodeId, long now) {
        registrations.delete(nodeId);
        registeredAt.delete(nodeId);
        states.delete(nodeId);
        reputations.delete(nodeId);
        tombstone(TelemetryTopology.NODES, nodeId, now);
        tombstone(TelemetryTopology.NODE_HEALTH, nodeId, now);
        if (homes.delete(nodeId) != null) tombstone(TelemetryTopology.NODE_CELLS, nodeId, now);
    }

    @SuppressWarnings("NullAway") // a tombstone has no value
    private void tombstone(String sink, String nodeId, long now) {
        context.forward(new Record<>(nodeId, (Object) null, now), sink);
    }
}
