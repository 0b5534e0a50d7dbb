package org.ambientvcp.service;

import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The Dropwizard metrics of several services in one exposition. Prometheus refuses a name that occurs
/// twice, so a metric of the same name and kind becomes one with a label `service`.
final class ServiceMetricsCollector implements MultiCollector {
    private final Map<String, DropwizardExports> exportsByLabel = new LinkedHashMap<>();

    /// A second service of one name is labelled `name-2`, and so on.
    ServiceMetricsCollector(List<Service> services) {
        var count = new HashMap<String, Integer>();
        for (var service : services) {
            var number = count.merge(service.name(), 1, Integer::sum);
            var label = number == 1 ? service.name() : service.name() + "-" + number;
            exportsByLabel.put(label, new DropwizardExports(service.metrics()));
        }
    }

    @Override
    public MetricSnapshots collect() {
        var merged = new TreeMap<String, MetricSnapshot>();
        exportsByLabel.forEach((service, exports) -> {
            for (var metric : exports.collect())
                merged.merge(
                        metric.getMetadata().getPrometheusName(),
                        labelled(metric, Labels.of("service", service)),
                        ServiceMetricsCollector::joined);
        });
        return new MetricSnapshots(merged.values());
    }

    private static MetricSnapshot labelled(MetricSnapshot metric, Labels label) {
        return switch (metric) {
            case CounterSnapshot counter ->
                new CounterSnapshot(
                        plain(counter),
                        counter.getDataPoints().stream()
                                .map(point -> CounterDataPointSnapshot.builder()
                                        .labels(point.getLabels().merge(label))
                                        .value(point.getValue())
                                        .build())
                                .toList());
            case GaugeSnapshot gauge ->
                new GaugeSnapshot(
                        plain(gauge),
                        gauge.getDataPoints().stream()
                                .map(point -> GaugeDataPointSnapshot.builder()
                                        .labels(point.getLabels().merge(label))
                                        .value(point.getValue())
                                        .build())
                                .toList());
            case SummarySnapshot summary ->
                new SummarySnapshot(
                        plain(summary),
                        summary.getDataPoints().stream()
                                .map(point -> SummaryDataPointSnapshot.builder()
                                        .labels(point.getLabels().merge(label))
                                        .count(point.getCount())
                                        .sum(point.getSum())
                                        .quantiles(point.getQuantiles())
                                        .build())
                                .toList());
            default -> throw new IllegalStateException("Dropwizard has no " + metric.getClass());
        };
    }

    /// The help text without the Java class of the metric, which differs from service to service.
    private static MetricMetadata plain(MetricSnapshot metric) {
        return new MetricMetadata(metric.getMetadata().getName());
    }

    /// Two kinds of metric under one name cannot be told apart: the first one stays.
    private static MetricSnapshot joined(MetricSnapshot first, MetricSnapshot second) {
        if (first instanceof CounterSnapshot a && second instanceof CounterSnapshot b)
            return new CounterSnapshot(a.getMetadata(), all(a.getDataPoints(), b.getDataPoints()));
        if (first instanceof GaugeSnapshot a && second instanceof GaugeSnapshot b)
            return new GaugeSnapshot(a.getMetadata(), all(a.getDataPoints(), b.getDataPoints()));
        if (first instanceof SummarySnapshot a && second instanceof SummarySnapshot b)
            return new SummarySnapshot(a.getMetadata(), all(a.getDataPoints(), b.getDataPoints()));
        return first;
    }

    private static <P> Collection<P> all(List<P> first, List<P> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
