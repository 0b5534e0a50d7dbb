package org.ambientvcp.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/// Latencies of all stages: in total, and second by second in a log. For one thread.
final class Latencies implements AutoCloseable {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Path directory;
    private final TaskTimes times;
    private final Map<Stage, Histogram> totals = new EnumMap<>(Stage.class);
    private final HistogramLogWriter log;
    private final PrintStream file;

    Latencies(Path directory, TaskTimes times) throws IOException {
        this.directory = directory;
        this.times = times;
        file = new PrintStream(Files.newOutputStream(directory.resolve("latency.hlog")), false, UTF_8);
        log = new HistogramLogWriter(file);
        log.outputLogFormatVersion();
        log.outputComment("[latencies in nanoseconds from the time a task was due; tags are stages]");
        log.outputStartTime(System.currentTimeMillis());
        log.outputLegend();
    }

    /// Takes over what was recorded since the last call; returns the part of one stage.
    Histogram take(Stage shown) {
        Histogram ours = null;
        for (var stage : Stage.values()) {
            var interval = times.interval(stage);
            interval.setTag(stage.word());
            if (interval.getTotalCount() > 0) log.outputIntervalHistogram(interval);
            totals.computeIfAbsent(stage, _ -> new Histogram(interval)).add(interval);
            if (stage == shown) ours = interval;
        }
        return requireNonNull(ours);
    }

    Histogram total(Stage stage) {
        return requireNonNull(totals.get(stage));
    }

    /// Writes the percentiles of every stage, in milliseconds, to a file of its own.
    void write() throws IOException {
        for (var total : totals.entrySet()) {
            var path = directory.resolve("latency-" + total.getKey().word() + ".hgrm");
            try (var out = new PrintStream(Files.newOutputStream(path), false, UTF_8)) {
                total.getValue().outputPercentileDistribution(out, NANOS_PER_MILLI);
            }
        }
        file.flush();
    }

    /// `p50 | p90 | p99 | p99.9 | max` in milliseconds.
    static String columns(Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "%.1f | %.1f | %.1f | %.1f | %.1f",
                millis(nanos, 50),
                millis(nanos, 90),
                millis(nanos, 99),
                millis(nanos, 99.9),
                nanos.getMaxValue() / NANOS_PER_MILLI);
    }

    static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    @Override
    public void close() {
        log.close();
    }
}
