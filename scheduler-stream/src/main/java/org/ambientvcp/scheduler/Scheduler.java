package org.ambientvcp.scheduler;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.MetricRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.ambientvcp.scheduler.SchedulerConfig.Role;
import org.ambientvcp.scheduler.celltopology.CellTopology;
import org.ambientvcp.scheduler.intaketopology.IntakeTopology;
import org.ambientvcp.scheduler.ledgertopology.LedgerTopology;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.service.StreamsService;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// The scheduler: up to three Kafka Streams applications that meet in topics only, as one service.
public final class Scheduler implements Service {
    private static final String NAME = "scheduler-stream";

    private final List<Service> parts;
    private final MetricRegistry metrics;

    private Scheduler(List<Service> parts, MetricRegistry metrics) {
        this.parts = List.copyOf(parts);
        this.metrics = metrics;
    }

    /// Starts the configured roles, in the order in which a task meets them. The topics must exist.
    ///
    /// @throws IllegalStateException if the number of cells cannot be read from the brokers
    public static Service start(KafkaConnection connection, SchedulerConfig config) {
        var cells = numberOfCells(connection);
        var metrics = new MetricRegistry();
        var parts = new ArrayList<Service>();
        try {
            for (var role : Role.values())
                if (config.roles().contains(role)) parts.add(start(role, connection, config, cells, metrics));
        } catch (RuntimeException failed) {
            new Scheduler(parts, metrics).close();
            throw failed;
        }
        return new Scheduler(parts, metrics);
    }

    private static Service start(
            Role role, KafkaConnection connection, SchedulerConfig config, int cells, MetricRegistry metrics) {
        var registry = connection.registry();
        var topology = switch (role) {
            case INTAKE -> IntakeTopology.build(registry, cells, config.trustedVerifiers(), metrics);
            case LEDGER -> LedgerTopology.build(registry, cells, config.ledgerLimits(), metrics);
            case CELLS -> CellTopology.build(registry, config.cellConfig(cells), metrics);
        };
        var options = switch (role) {
            case INTAKE -> config.intake();
            case LEDGER -> config.ledger();
            case CELLS -> config.cells();
        };
        return StreamsService.start(NAME, topology, connection, options, metrics);
    }

    private static int numberOfCells(KafkaConnection connection) {
        var topic = Topics.CELL_COMMANDS.name();
        try (var admin = connection.admin()) {
            var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
            return requireNonNull(described.get(topic), topic).partitions().size();
        } catch (ExecutionException refused) {
            throw new IllegalStateException(
                    "the number of cells, partitions of " + topic + ", cannot be read: " + refused.getCause(), refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the number of cells was read", stopped);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isReady() {
        return parts.stream().allMatch(Service::isReady);
    }

    @Override
    public boolean hasFailed() {
        return parts.stream().anyMatch(Service::hasFailed);
    }

    @Override
    public MetricRegistry metrics() {
        return metrics;
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        var all = new HashMap<MetricName, Metric>();
        for (var part : parts) all.putAll(part.kafkaMetrics());
        return all;
    }

    /// Ends the parts one after the other, those that take work in first.
    @Override
    public void close() {
        for (var part : parts) part.close();
    }
}
