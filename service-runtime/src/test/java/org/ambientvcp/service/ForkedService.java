package org.ambientvcp.service;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Map;
import org.ambientvcp.schemas.Topics;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.LoggerFactory;

/// The process that `ServiceProcessIT` forks: a service that does nothing, well or not (TEST_MODE).
final class ForkedService implements Service {
    private final boolean fails;

    private ForkedService(boolean fails) {
        this.fails = fails;
    }

    public static void main(String[] arguments) {
        ServiceProcess.run(System.getenv(), List.of(Topics.TASKS), (settings, connection) -> {
            switch (System.getenv().getOrDefault("TEST_MODE", "")) {
                case "crash" -> throw new IllegalStateException("a bug");
                case "config" -> throw new IllegalArgumentException("VCP_CELLS is not 1–4096: 0");
                default -> settings.integer("VCP_CELLS", 4, 1, 4096);
            }
            return new ForkedService(
                    System.getenv().getOrDefault("TEST_MODE", "").equals("fail"));
        });
    }

    @Override
    public String name() {
        return "forked";
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean hasFailed() {
        return fails;
    }

    @Override
    public MetricRegistry metrics() {
        return new MetricRegistry();
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return Map.of();
    }

    @Override
    public void close() {
        LoggerFactory.getLogger(ForkedService.class)
                .atInfo()
                .addKeyValue("tasks", 3)
                .log("handed back");
    }
}
