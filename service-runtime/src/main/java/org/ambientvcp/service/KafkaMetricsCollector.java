package org.ambientvcp.service;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// Kafka's client and Streams metrics as `kafka_GROUP_NAME` with Kafka's tags as labels: totals are counters, the
/// others gauges.
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
    private static final String TOTAL = "_total";
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");

    private final List<Service> services;

    KafkaMetricsCollector(List<Service> services) {
        this.services = List.copyOf(services);
    }

    @Override
    public MetricSnapshots collect() {
        var values = new TreeMap<String, Map<Labels, Double>>();
        for (var service : services)
            service.kafkaMetrics().forEach((name, metric) -> {
                if (!GROUPS.contains(name.group())) return;
                var value = value(metric);
                if (!Double.isNaN(value))
                    values.computeIfAbsent(exportedName(name), unknown -> new TreeMap<>())
                            .put(labels(service, name), value);
            });
        var snapshots = new TreeMap<String, MetricSnapshot>();
        values.forEach((name, points) -> {
            var counts = name.endsWith(TOTAL) && points.values().stream().allMatch(value -> value >= 0);
            var plainName = PrometheusNaming.sanitizeMetricName(name);
            snapshots.putIfAbsent(plainName, counts ? counter(plainName, points) : gauge(plainName, points));
        });
        return new MetricSnapshots(snapshots.values());
    }

    /// NaN if there is none: it is no number, not measured yet, or its client is closed.
    private static double value(Metric metric) {
        try {
            return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
        } catch (RuntimeException closed) {
            return Double.NaN;
        }
    }

    private static MetricSnapshot counter(String name, Map<Labels, Double> points) {
        var counter = CounterSnapshot.builder().name(name);
        points.forEach((labels, value) -> counter.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        return counter.build();
    }

    private static MetricSnapshot gauge(String name, Map<Labels, Double> points) {
        var gauge = GaugeSnapshot.builder().name(name);
        points.forEach((labels, value) -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return gauge.build();
    }

    private static String exportedName(MetricName name) {
        var text = "kafka_" + name.group().replace("-metrics", "") + "_" + name.name();
        return SEPARATORS.matcher(text).replaceAll("_");
    }

    private static Labels labels(Service service, MetricName name) {
        var labels = Labels.builder().label("service", service.name());
        name.tags().forEach((tag, value) -> labels.label(SEPARATORS.matcher(tag).replaceAll("_"), value));
        return labels.build();
    }
}
