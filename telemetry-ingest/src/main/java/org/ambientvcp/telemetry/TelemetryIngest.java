package org.ambientvcp.telemetry;

import com.codahale.metrics.MetricRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.service.StreamsService;

/// Judges telemetry. Delivery: exactly once, from the signed samples to health, energy and the cells.
public final class TelemetryIngest {
    static final String NAME = "telemetry-ingest";

    private TelemetryIngest() {}

    /// Starts the service. The topics have to be there; a change of their partitions takes a restart.
    ///
    /// @throws IllegalStateException if a topic cannot be read about, or nodes, telemetry and reputation are
    ///     not partitioned alike
    /// @throws InterruptedException if the caller is interrupted while the brokers are asked
    public static Service start(KafkaConnection connection, TelemetryConfig config) throws InterruptedException {
        var metrics = new MetricRegistry();
        var topology = TelemetryTopology.build(config, connection.registry(), partitions(connection), metrics);
        return StreamsService.start(NAME, topology, connection, config.streams(), metrics);
    }

    private static TelemetryTopology.Partitions partitions(KafkaConnection connection) throws InterruptedException {
        var counts = new HashMap<Topic<?>, Integer>();
        try (var admin = connection.admin()) {
            var topics = List.<Topic<?>>of(Topics.NODES, Topics.TELEMETRY, Topics.REPUTATION, Topics.CELL_COMMANDS);
            var described = admin.describeTopics(
                            topics.stream().map(Topic::name).toList())
                    .allTopicNames()
                    .get();
            for (var topic : topics)
                counts.put(topic, described.get(topic.name()).partitions().size());
        } catch (ExecutionException refused) {
            throw new IllegalStateException("cannot read the number of partitions: " + refused.getCause(), refused);
        }
        int nodes = counts.get(Topics.NODES);
        for (var topic : List.of(Topics.TELEMETRY, Topics.REPUTATION))
            if (counts.get(topic) != nodes)
                throw new IllegalStateException(topic.name() + " has " + counts.get(topic) + " partitions, but "
                        + Topics.NODES.name() + " has " + nodes + "; they have to be equal");
        return new TelemetryTopology.Partitions(counts.get(Topics.CELL_COMMANDS), nodes);
    }
}
