package org.ambientvcp.benchmarks.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ambientvcp.cli.Logging;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.VerificationLevel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How long do tasks take through the whole pipeline at a constant arrival rate, on how many nodes and cells, and does
/// any queue grow?
///
/// Three JVMs share the machine: the broker with the schema registry; telemetry-ingest, scheduler and verifier; and
/// this one, which is all nodes, all submitters and the measurement. `--help` says what can be set.
@Command(
        name = "load-test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends tasks at a constant rate through a real broker and the real services, with simulated nodes that"
                    + " register, send signed telemetry and publish signed results and traces.",
            "Open loop: a task is sent when it is due, whatever the system does, and its latency counts from then.",
            "Prints a line a second and a report; writes histograms (.hgrm of every stage, .hlog by second)."
        })
public final class LoadTest implements Callable<Integer> {
    @Option(names = "--nodes", defaultValue = "10000", description = "Simulated nodes. Default: ${DEFAULT-VALUE}")
    private int nodes;

    @Option(names = "--slots", defaultValue = "2", description = "Tasks a node runs at once. Default: ${DEFAULT-VALUE}")
    private int slots;

    @Option(names = "--cells", defaultValue = "8", description = "Cells. Default: ${DEFAULT-VALUE}")
    private int cells;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of topics that are partitioned by key. Default: ${DEFAULT-VALUE}")
    private int partitions;

    @Option(names = "--tenants", defaultValue = "16", description = "Who submit in turn. Default: ${DEFAULT-VALUE}")
    private int tenants;

    @Option(names = "--rate", defaultValue = "500", description = "Tasks a second. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(names = "--seconds", defaultValue = "30", description = "Of measurement. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--warmup",
            defaultValue = "20",
            description = "Seconds of the same load before, not counted. Default: ${DEFAULT-VALUE}")
    private int warmup;

    @Option(
            names = "--drain",
            defaultValue = "20",
            description = "Seconds to wait for the last tasks, at most. Default: ${DEFAULT-VALUE}")
    private int drain;

    @Option(
            names = "--run",
            defaultValue = "5-500",
            paramLabel = "MILLIS-MILLIS",
            description = "How long tasks run, evenly spread. Default: ${DEFAULT-VALUE}")
    private String run = "";

    @Option(
            names = "--telemetry-millis",
            defaultValue = "10000",
            description = "Between two samples of a node. Default: ${DEFAULT-VALUE}")
    private int telemetryMillis;

    @Option(
            names = "--strategy",
            defaultValue = "WEIGHTED",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Strategy strategy = Strategy.WEIGHTED;

    @Option(
            names = "--verification",
            defaultValue = "SIGNED",
            description = "SIGNED or QUORUM (3 replicas, 2 equal). Default: ${DEFAULT-VALUE}")
    private VerificationLevel verification = VerificationLevel.SIGNED;

    @Option(
            names = "--speculative",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Nodes start from assignments that are not committed yet. Default: ${DEFAULT-VALUE}")
    private boolean speculative;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "load-test",
            description = "Histograms, report and logs. Default: ${DEFAULT-VALUE}")
    private Path output = Path.of("load-test");

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the services, for example VCP_COMMIT_INTERVAL_MILLIS=20. Repeatable.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--broker-jvm",
            paramLabel = "OPTIONS",
            split = " ",
            defaultValue = "-Xmx1g -XX:+UseSerialGC",
            description = "JVM options of the broker. Default: ${DEFAULT-VALUE}")
    private List<String> brokerJvm = List.of();

    @Option(
            names = "--services-jvm",
            paramLabel = "OPTIONS",
            split = " ",
            defaultValue = "-Xmx2g -XX:+UseSerialGC",
            description = "JVM options of the services. Default: ${DEFAULT-VALUE}")
    private List<String> servicesJvm = List.of();

    private LoadTest() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadTest())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var plan = plan();
        Files.createDirectories(plan.output());
        Logging.toFile(plan.output().resolve("generator"));
        System.out.print(new Experiment(plan).run());
        return 0;
    }

    private LoadPlan plan() {
        var range = run.split("-", 2);
        return new LoadPlan(
                nodes,
                slots,
                cells,
                partitions,
                tenants,
                rate,
                seconds,
                warmup,
                drain,
                Integer.parseInt(range[0]),
                Integer.parseInt(range[range.length - 1]),
                telemetryMillis,
                strategy,
                verification,
                speculative,
                output.toAbsolutePath(),
                settings,
                brokerJvm,
                servicesJvm);
    }
}
