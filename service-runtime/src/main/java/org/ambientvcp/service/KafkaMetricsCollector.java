package org.ambientvcp.service;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.MetricName;

/// Kafka's client and Streams metrics as Prometheus gauges `kafka_GROUP_NAME` with Kafka's tags as labels.
/// Only the groups a person who runs the system looks at; per-broker and per-node noise is left out.
final class KafkaMetricsCollector implements MultiCollector {
    private static final Set<String> GROUPS = Set.of(
            "consumer-fetch-manager-metrics",
            "consumer-coordinator-metrics",
            "consumer-share-fetch-manager-metrics",
            "consumer-share-metrics",
            "producer-metrics",
            "stream-metrics",
            "stream-thread-metrics",
            "stream-task-metrics",
            "stream-state-metrics");
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");

    private final List<Service> services;

    KafkaMetricsCollector(List<Service> services) {
        this.services = List.copyOf(services);
    }

    @Override
    public MetricSnapshots collect() {
        var points = new TreeMap<String, Map<Labels, Double>>();
        for (var service : services)
            service.kafkaMetrics().forEach((name, metric) -> {
                if (GROUPS.contains(name.group()) && metric.metricValue() instanceof Number value)
                    points.computeIfAbsent(prometheusName(name), unknown -> new TreeMap<>())
                            .put(labels(service, name), value.doubleValue());
            });
        var snapshots = MetricSnapshots.builder();
        points.forEach((name, values) -> {
            var gauge = GaugeSnapshot.builder().name(name);
            values.forEach((labels, value) -> gauge.dataPoint(
                    GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
            snapshots.metricSnapshot(gauge.build());
        });
        return snapshots.build();
    }

    private static String prometheusName(MetricName name) {
        return PrometheusNaming.sanitizeMetricName("kafka_"
                + SEPARATORS
                        .matcher(name.group().replace("-metrics", "") + "_" + name.name())
                        .replaceAll("_"));
    }

    private static Labels labels(Service service, MetricName name) {
        var labels = Labels.builder().label("service", service.name());
        name.tags().forEach((tag, value) -> labels.label(SEPARATORS.matcher(tag).replaceAll("_"), value));
        return labels.build();
    }
}
