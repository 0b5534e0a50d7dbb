package org.ambientvcp.service;

import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// A running service. All methods are thread-safe; `close` ends it in order and may be called twice.
public interface Service extends AutoCloseable {
    /// Name of the module, for logs and metrics.
    String name();

    /// Whether it does its work now.
    boolean isReady();

    /// Whether it has failed for good: the process should end and be started again.
    default boolean hasFailed() {
        return false;
    }

    /// Its own metrics.
    MetricRegistry metrics();

    /// Metrics of its Kafka clients.
    Map<MetricName, ? extends Metric> kafkaMetrics();

    /// Ends the service: takes no new work, finishes or hands back what it has, within 10 s.
    @Override
    void close();
}
