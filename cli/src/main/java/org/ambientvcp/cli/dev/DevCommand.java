package org.ambientvcp.cli.dev;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.ambientvcp.cli.ExitCode;
import org.ambientvcp.cli.Logging;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the whole system until it is interrupted.
@Command(
        name = "dev",
        description = {
            "Run the whole system in this process: Kafka broker, schema registry, all services and five simulated"
                    + " nodes, one of which cheats and one runs hot.",
            "No Docker. What it did is kept under --data-dir and goes on at the next start, also after kill -9."
        },
        mixinStandardHelpOptions = true)
public final class DevCommand implements Callable<Integer> {
    @Option(names = "--data-dir", paramLabel = "DIR", defaultValue = ".vcp", description = "Default: ${DEFAULT-VALUE}")
    private Path dataDirectory = Path.of(".vcp");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Of the gateway; another if taken. Default: ${DEFAULT-VALUE}")
    private int gatewayPort;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Default: ${DEFAULT-VALUE}")
    private int brokerPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Default: ${DEFAULT-VALUE}")
    private int registryPort;

    @Option(
            names = "--cells",
            paramLabel = "N",
            defaultValue = "1",
            description = "At the first start. The nodes are spread over them. Default: ${DEFAULT-VALUE}")
    private int cells;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        var out = command.commandLine().getOut();
        var started = System.nanoTime();
        var log = Logging.toFile(dataDirectory);
        var options = new DevCluster.Options(dataDirectory, gatewayPort, brokerPort, registryPort, cells);
        var interrupted = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(interrupted, closed)));
        try (var cluster = DevCluster.start(options, step -> say(out, "  " + step))) {
            announce(out, cluster, log, (System.nanoTime() - started) / 1e9);
            interrupted.await();
            say(out, "Stopping …");
        } finally {
            closed.countDown();
        }
        return ExitCode.OK;
    }

    /// Runs on SIGINT and SIGTERM: the JVM lives on until the cluster is closed.
    private static void endInOrder(CountDownLatch interrupted, CountDownLatch closed) {
        interrupted.countDown();
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void announce(PrintWriter out, DevCluster cluster, Path log, double seconds) {
        var inDirectory = dataDirectory.equals(Path.of(".vcp")) ? "" : " --data-dir " + dataDirectory;
        say(out, "");
        say(out, String.format(Locale.ROOT, "Ambient VCP is ready after %.1f s.", seconds));
        say(out, "");
        say(out, "  API and Swagger UI   " + cluster.state().url() + "/swagger");
        say(out, "  Kafka                " + cluster.state().bootstrapServers());
        say(out, "  Schema registry      " + cluster.state().registryUrl());
        say(out, "  Data, log            " + dataDirectory + ", " + log);
        say(out, "");
        say(out, "Try, in another terminal:");
        say(out, "  ./vcp run examples/sha256/sha256.wasm --function digest --input README.md" + inDirectory);
        say(
                out,
                "  ./vcp run examples/sort/sort.wasm --wasi --arg -n --input examples/data/numbers.txt --verify quorum"
                        + inDirectory);
        say(out, "  ./vcp nodes" + inDirectory);
        say(out, "");
        say(out, "Ctrl-C stops it.");
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
