package org.ambientvcp.service;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jvm.GarbageCollectorMetricSet;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import com.codahale.metrics.jvm.ThreadStatesGaugeSet;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Metrics of the services in this JVM in Prometheus' text format: Dropwizard's, Kafka's own, the JVM's.
public final class Metrics {
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    public Metrics(List<Service> services) {
        var jvm = new MetricRegistry();
        jvm.register("jvm.memory", new MemoryUsageGaugeSet());
        jvm.register("jvm.gc", new GarbageCollectorMetricSet());
        jvm.register("jvm.threads", new ThreadStatesGaugeSet());
        registry.register(new DropwizardExports(jvm));
        registry.register(new ServiceMetricsCollector(services));
        registry.register(new KafkaMetricsCollector(services));
    }

    /// The text a scrape gets.
    public byte[] text() {
        var out = new ByteArrayOutputStream(64 * 1024);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the stream is in memory
        }
        return out.toByteArray();
    }
}
