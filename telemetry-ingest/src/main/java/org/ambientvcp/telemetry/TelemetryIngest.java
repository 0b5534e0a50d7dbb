package org.ambientvcp.telemetry;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.service.StreamsService;
import org.apache.kafka.clients.admin.Admin;

/// Judges telemetry. Delivery: exactly once, from the signed samples to health, energy and the cells.
public final class TelemetryIngest {
    static final String NAME = "telemetry-ingest";

    private TelemetryIngest() {}

    /// Starts the service. The topics have to be there; a change of their partitions takes a restart.
    ///
    /// @throws IllegalStateException if a topic cannot be read about, or nodes, telemetry, reputation and node
    ///     cells are not partitioned alike
    /// @throws InterruptedException if the caller is interrupted while the brokers are asked
    public static Service start(KafkaConnection connection, TelemetryConfig config) throws InterruptedException {
        var metrics = new MetricRegistry();
        var topology = TelemetryTopology.build(config, connection.registry(), partitions(connection), metrics);
        return StreamsService.start(NAME, topology, connection, config.streams(), metrics);
    }

    private static TelemetryTopology.Partitions partitions(KafkaConnection connection) throws InterruptedException {
        try (var admin = connection.admin()) {
            var nodes = partitions(admin, Topics.NODES);
            for (var topic : List.of(Topics.TELEMETRY, Topics.REPUTATION, Topics.NODE_CELLS)) {
                var count = partitions(admin, topic);
                if (count != nodes)
                    throw new IllegalStateException(topic.name() + " has " + count + " partitions, but "
                            + Topics.NODES.name() + " has " + nodes + "; they have to be equal");
            }
            return new TelemetryTopology.Partitions(partitions(admin, Topics.CELL_COMMANDS), nodes);
        } catch (ExecutionException refused) {
            throw new IllegalStateException("cannot read the number of partitions: " + refused.getCause(), refused);
        }
    }

    private static int partitions(Admin admin, Topic<?> topic) throws ExecutionException, InterruptedException {
        var described = admin.describeTopics(List.of(topic.name())).topicNameValues();
        return Objects.requireNonNull(described.get(topic.name()))
                .get()
                .partitions()
                .size();
    }
}
