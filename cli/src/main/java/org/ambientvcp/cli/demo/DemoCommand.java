package org.ambientvcp.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.ambientvcp.cli.ExitCode;
import org.ambientvcp.cli.GatewayClient;
import org.ambientvcp.cli.Logging;
import org.ambientvcp.cli.TaskReport;
import org.ambientvcp.cli.TaskWait;
import org.ambientvcp.cli.dev.DevCluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts a cluster, sends the example tasks through it and checks every answer.
@Command(
        name = "demo",
        description = {
            "Start a fresh cluster in this process, send the example programs through it on real input, and print for"
                    + " each what came out, where it ran, why there and who checked it.",
            "Exit code 0 if every answer is the one it must be."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Option(names = "--keep", description = "Leave the cluster up at the end, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--examples",
            paramLabel = "DIR",
            defaultValue = "examples",
            description = "Default: ${DEFAULT-VALUE}")
    private Path folder = Path.of("examples");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        var examples = Examples.find(folder);
        var dataDirectory = Files.createTempDirectory("vcp-demo");
        Logging.toFile(dataDirectory);
        var interrupted = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupted.countDown();
            awaitQuietly(closed);
        }));
        try {
            return run(examples, dataDirectory, interrupted);
        } finally {
            delete(dataDirectory);
            closed.countDown();
        }
    }

    private int run(Examples examples, Path dataDirectory, CountDownLatch interrupted) throws Exception {
        var out = command.commandLine().getOut();
        var started = System.nanoTime();
        say(out, "Starting a cluster: a Kafka broker, a schema registry, all services and five simulated nodes");
        var options = new DevCluster.Options(dataDirectory, 0, 0, 0, 1);
        try (var cluster = DevCluster.start(options, step -> say(out, "  " + step))) {
            say(out, String.format(Locale.ROOT, "Ready after %.1f s.%n", seconds(started)));
            var gateway = new GatewayClient(
                    URI.create(cluster.state().url()), cluster.state().apiKey());
            var failures = 0;
            var steps = Script.steps(examples);
            for (int number = 0; number < steps.size(); number++)
                if (!take(gateway, examples, steps.get(number), number + 1, out)) failures++;
            if (!HotNode.isLeftAlone(gateway, examples, steps.size() + 1, out)) failures++;
            failures += Summary.print(gateway, out);
            say(out, String.format(Locale.ROOT, "%n%s %.1f s in all.", verdict(failures), seconds(started)));
            if (keep && failures == 0) keepUp(cluster, dataDirectory, out, interrupted);
            return failures == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static String verdict(int failures) {
        return failures == 0 ? "Every answer is the one it must be." : failures + " answers are not what they must be.";
    }

    private static boolean take(GatewayClient gateway, Examples examples, Step step, int number, PrintWriter out)
            throws IOException {
        say(out, number + ". " + step.title());
        var status = submit(gateway, examples, step, out);
        TaskReport.print(status, out);
        var holds = step.holds().test(status);
        say(out, (holds ? "as expected: " : "NOT as expected: ") + step.expected() + System.lineSeparator());
        return holds;
    }

    private static JsonNode submit(GatewayClient gateway, Examples examples, Step step, PrintWriter out)
            throws IOException {
        var taskId = post(gateway, examples, step.module(), step.request(), step.input());
        return TaskWait.untilEnd(gateway, taskId, PATIENCE, out);
    }

    /// Sends a task; its id.
    static String post(GatewayClient gateway, Examples examples, String module, String request, String input)
            throws JsonProcessingException {
        var name = module.substring(module.indexOf('/') + 1);
        var pushed = gateway.post(
                "/v1/modules?name=" + GatewayClient.escape(name), "application/wasm", examples.read(module));
        var task = (ObjectNode) GatewayClient.JSON.readTree(request);
        task.put("moduleSha256", pushed.path("sha256").asText());
        task.put("rewardMicros", 10_000);
        if (!input.isEmpty())
            task.putObject("input").put("base64", Base64.getEncoder().encodeToString(examples.read(input)));
        return gateway.post("/v1/tasks", task).path("taskId").asText();
    }

    private static void keepUp(DevCluster cluster, Path dataDirectory, PrintWriter out, CountDownLatch interrupted)
            throws InterruptedException {
        say(out, "");
        say(out, "The cluster stays up: " + cluster.state().url() + "/swagger");
        say(out, "  ./vcp tasks --data-dir " + dataDirectory);
        say(out, "Ctrl-C stops it and removes its data.");
        interrupted.await();
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private static void awaitQuietly(CountDownLatch closed) {
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
