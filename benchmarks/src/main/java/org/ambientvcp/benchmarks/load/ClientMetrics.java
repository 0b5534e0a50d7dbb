package org.ambientvcp.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ambientvcp.service.Service;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// What Kafka's clients say of themselves: commits, records, latencies and lag of every stream thread, over the last 30
/// to 60 s.
final class ClientMetrics {
    private static final Map<String, Set<String>> WANTED = Map.of(
            "stream-thread-metrics",
            Set.of(
                    "process-rate",
                    "process-latency-avg",
                    "process-records-avg",
                    "commit-rate",
                    "commit-latency-avg",
                    "commit-latency-max",
                    "poll-latency-avg",
                    "poll-records-avg",
                    "process-ratio",
                    "commit-ratio",
                    "poll-ratio"),
            "consumer-fetch-manager-metrics",
            Set.of("records-lag-max", "fetch-rate", "fetch-latency-avg", "records-per-request-avg"),
            "producer-metrics",
            Set.of(
                    "record-send-rate",
                    "record-error-rate",
                    "record-retry-rate",
                    "batch-size-avg",
                    "request-rate",
                    "request-latency-avg",
                    "records-per-request-avg",
                    "outgoing-byte-rate"));

    private ClientMetrics() {}

    static void write(Path file, List<? extends Service> services) throws IOException {
        var lines = new TreeSet<String>();
        for (var service : services)
            for (var metric : service.kafkaMetrics().values()) line(metric).ifPresent(lines::add);
        Files.write(file, lines);
    }

    private static Optional<String> line(Metric metric) {
        var name = metric.metricName();
        var wanted = WANTED.get(name.group());
        if (wanted == null || !wanted.contains(name.name()) || name.tags().containsKey("topic"))
            return Optional.empty();
        return Optional.of(String.format(Locale.ROOT, "%s %s %s", client(name), name.name(), metric.metricValue()));
    }

    /// The thread or client, without the random part of its name.
    private static String client(MetricName name) {
        var tags = name.tags();
        var client = tags.containsKey("thread-id") ? tags.get("thread-id") : tags.getOrDefault("client-id", "");
        return client.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}-", "");
    }
}
