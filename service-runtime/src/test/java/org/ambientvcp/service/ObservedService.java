package org.ambientvcp.service;

import com.codahale.metrics.MetricRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// A service whose health and metrics the test sets.
final class ObservedService implements Service {
    private final String name;
    private final MetricRegistry metrics = new MetricRegistry();
    final Map<MetricName, Metric> kafka = new HashMap<>();
    volatile boolean ready;
    volatile boolean failed;

    ObservedService(String name) {
        this.name = name;
    }

    /// A metric of a Kafka client.
    void kafkaMetric(String group, String metric, Object value) {
        var named = new MetricName(metric, group, "", Map.of("client-id", "c1"));
        kafka.put(named, new Metric() {
            @Override
            public MetricName metricName() {
                return named;
            }

            @Override
            public Object metricValue() {
                if (value instanceof RuntimeException broken) throw broken;
                return value;
            }
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public boolean hasFailed() {
        return failed;
    }

    @Override
    public MetricRegistry metrics() {
        return metrics;
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return kafka;
    }

    @Override
    public void close() {}
}
