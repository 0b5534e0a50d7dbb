package org.ambientvcp.telemetry;

import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.telemetry.admission.HomeCheck;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What nodes say they are, in the cell where they are: one that was moved is not where its registration says.
final class NodePlaces {
    private final KeyValueStore<String, NodeRegistration> registrations;
    private final KeyValueStore<String, NodeHome> homes;

    NodePlaces(ProcessorContext<?, ?> context) {
        registrations = context.getStateStore(TelemetryTopology.REGISTRATIONS);
        homes = context.getStateStore(TelemetryTopology.HOMES);
    }

    @Nullable
    NodeRegistration of(String nodeId) {
        return HomeCheck.placed(registrations.get(nodeId), homes.get(nodeId));
    }
}
