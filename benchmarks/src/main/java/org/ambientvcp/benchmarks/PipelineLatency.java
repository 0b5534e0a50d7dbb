package org.ambientvcp.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.ambientvcp.cli.GatewayClient;
import org.ambientvcp.cli.Logging;
import org.ambientvcp.cli.dev.DevCluster;

/// How long, in milliseconds, from the moment a task is due to be sent until it is assigned, and until its result is
/// verified, at a constant arrival rate, with everything (broker, services, nodes, verifier) in this JVM?
///
/// Open loop: tasks are sent when they are due, whatever the system does, and latency counts from the due time. Tasks
/// go
/// straight to Kafka; each is a call of an exported function of a few thousand instructions, SIGNED, for honest nodes.
///
/// Arguments: pairs of rate (tasks a second) and seconds; without any, 50 for 60 s and 200 for 60 s.
public final class PipelineLatency {
    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final int WARM_UP_RATE = 50;
    private static final int WARM_UP_SECONDS = 30;

    private PipelineLatency() {}

    public static void main(String[] arguments) throws Exception {
        var pairs = arguments.length == 0 ? new String[] {"50", "60", "200", "60"} : arguments;
        var data = Files.createTempDirectory("vcp-benchmark");
        Logging.toFile(data);
        try (var cluster = DevCluster.start(new DevCluster.Options(data, 0, 0, 0, 1), step -> {})) {
            var gateway = new GatewayClient(
                    URI.create(cluster.state().url()), cluster.state().apiKey());
            var module = gateway.post(
                            "/v1/modules?name=primes",
                            "application/wasm",
                            Files.readAllBytes(Path.of("examples/primes/primes.wasm")))
                    .path("sha256")
                    .asText();
            try (var load = new TaskLoad(cluster.state(), module)) {
                run(load, WARM_UP_RATE, WARM_UP_SECONDS); // not counted
                for (int pair = 0; pair + 1 < pairs.length; pair += 2)
                    report(run(load, Integer.parseInt(pairs[pair]), Integer.parseInt(pairs[pair + 1])));
            }
        } finally {
            delete(data);
        }
        System.exit(0);
    }

    private record Figures(int rate, int sent, Histogram assigned, Histogram verified) {}

    private static Figures run(TaskLoad load, int rate, int seconds) throws InterruptedException {
        load.reset();
        var start = System.nanoTime();
        var gap = 1_000_000_000L / rate;
        var total = rate * seconds;
        for (int number = 0; number < total; number++) {
            var due = start + number * gap;
            for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                LockSupport.parkNanos(left);
            load.send(due);
        }
        load.awaitVerified(total, DRAIN);
        return new Figures(rate, total, load.assigned(), load.verified());
    }

    private static void report(Figures figures) {
        System.out.printf("%d tasks/s, %d sent%n", figures.rate(), figures.sent());
        line("submit to assignment", figures.assigned());
        line("submit to verified", figures.verified());
    }

    private static void line(String name, Histogram nanos) {
        System.out.printf(
                Locale.ROOT,
                "  %-22s n=%d p50=%.1f p90=%.1f p99=%.1f max=%.1f ms%n",
                name,
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(90) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getMaxValue() / 1e6);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
