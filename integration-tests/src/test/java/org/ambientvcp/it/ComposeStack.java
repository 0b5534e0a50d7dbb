package org.ambientvcp.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/// The cluster of `docker-compose.yml`, with ports of its own, and what tests do to it. One thread.
///
/// The image must be there: `./compose-test.sh` builds it.
final class ComposeStack {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    /// A loaded machine needs minutes for what an idle one does in seconds.
    private static final Duration HEALTHY = Duration.ofMinutes(5);

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "COMPOSE_PROJECT_NAME", "vcp-compose-test",
            "VCP_PORT_KAFKA_1", "28092",
            "VCP_PORT_KAFKA_2", "28093",
            "VCP_PORT_KAFKA_3", "28094",
            "VCP_PORT_REGISTRY", "28081",
            "VCP_PORT_GATEWAY", "28080",
            "VCP_PARALLEL_TASKS", "1");

    /// Where its brokers are for programs outside.
    static final String BOOTSTRAP_SERVERS = "localhost:28092,localhost:28093,localhost:28094";
    static final String REGISTRY = "http://localhost:28081/apis/ccompat/v7";
    static final String GATEWAY = "http://localhost:28080";

    /// Whether the cluster of the last run is used if it is up, and left up: for those who work on these tests.
    private static final boolean KEEP = Boolean.parseBoolean(System.getenv("VCP_COMPOSE_KEEP"));

    private final KafkaSide kafka;
    private final Client admin;

    private ComposeStack() throws Exception {
        kafka = new KafkaSide(BOOTSTRAP_SERVERS, REGISTRY);
        admin = new Client(GATEWAY, secret("clients", "admin"));
    }

    /// Starts a fresh cluster with one worker and waits until everything in it says that it does its work.
    static ComposeStack start() throws Exception {
        if (!KEEP || containers("gateway").isEmpty()) {
            compose("down", "-v", "--remove-orphans", "-t", "5");
            compose("up", "-d", "--no-build");
        }
        var stack = new ComposeStack();
        for (var service : List.of("telemetry-ingest", "scheduler-stream", "proof-verifier", "executor-worker"))
            stack.awaitHealthy(service);
        return stack;
    }

    /// The gateway, as an operator.
    Client admin() {
        return admin;
    }

    KafkaSide kafka() {
        return kafka;
    }

    /// A secret of the cluster, as its operator reads it.
    String secret(String folder, String name) throws Exception {
        return compose("run", "--rm", "--no-deps", "-T", "--entrypoint", "cat", "keys", "/keys/" + folder + "/" + name)
                .strip();
    }

    /// Makes it this many containers of a service; waits until all of them do their work.
    void scale(String service, int count) throws Exception {
        compose("up", "-d", "--no-build", "--no-deps", "--no-recreate", "--scale", service + "=" + count, service);
        Await.until(
                HEALTHY,
                service + " has " + count + " containers",
                () -> containers(service),
                all -> all.size() == count);
        awaitHealthy(service);
    }

    /// Ids of the running containers of a service.
    static List<String> containers(String service) throws Exception {
        return compose("ps", "-q", service)
                .lines()
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    /// SIGKILL, as when a machine loses power; they stay dead.
    static void kill(List<String> containers) throws Exception {
        docker("kill", containers);
    }

    void start(List<String> containers, String service) throws Exception {
        docker("start", containers);
        awaitHealthy(service);
    }

    /// Ends all containers of a service in order and starts them again; waits until they do their work.
    ///
    /// @return exit codes of the ended containers
    List<Integer> restart(String service) throws Exception {
        var containers = containers(service);
        docker("stop", containers);
        var exitCodes = new ArrayList<Integer>();
        for (var container : containers) exitCodes.add(Integer.parseInt(inspect(container, "{{.State.ExitCode}}")));
        docker("start", containers);
        awaitHealthy(service);
        return exitCodes;
    }

    void awaitHealthy(String service) throws Exception {
        for (var container : containers(service))
            Await.until(
                    HEALTHY,
                    service + " " + container + " is healthy",
                    () -> inspect(container, "{{.State.Health.Status}}"),
                    "healthy"::equals);
    }

    /// Waits until every partition has all its copies in sync again.
    void awaitInSync() throws Exception {
        try (var admin = kafka.connection().admin()) {
            Await.until(
                    HEALTHY,
                    "all replicas are in sync",
                    () -> {
                        var behind = new ArrayList<TopicPartition>();
                        var names = admin.listTopics().names().get();
                        for (var topic : admin.describeTopics(names)
                                .allTopicNames()
                                .get()
                                .values())
                            for (var partition : topic.partitions())
                                if (partition.isr().size()
                                        < partition.replicas().size())
                                    behind.add(new TopicPartition(topic.name(), partition.partition()));
                        return behind;
                    },
                    List::isEmpty);
        }
    }

    /// What a container's service says of itself under `/metrics`.
    static String metrics(String container) throws Exception {
        var request = "exec 3<>/dev/tcp/127.0.0.1/9090; printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
        return run(List.of("docker", "exec", container, "bash", "-c", request));
    }

    private static String inspect(String container, String format) throws Exception {
        return run(List.of("docker", "inspect", "-f", format, container)).strip();
    }

    private static void docker(String command, List<String> containers) throws Exception {
        var line = new ArrayList<>(List.of("docker", command));
        line.addAll(containers);
        run(line);
    }

    static String compose(String... arguments) throws Exception {
        var line = new ArrayList<>(List.of(
                System.getenv().getOrDefault("VCP_COMPOSE", "docker compose").split(" ")));
        line.addAll(List.of(arguments));
        return run(line);
    }

    /// What a command prints.
    ///
    /// @throws AssertionError if it fails or hangs; says what it printed
    private static String run(List<String> line) throws IOException, InterruptedException {
        var out = Files.createTempFile("compose", ".out");
        var err = Files.createTempFile("compose", ".err");
        try {
            var builder = new ProcessBuilder(line)
                    .directory(ROOT.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("VCP_PORT_"));
            builder.environment().putAll(new LinkedHashMap<>(ENVIRONMENT));
            var process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(line + " hangs\n" + text(err));
            }
            if (process.exitValue() != 0)
                throw new AssertionError(line + " ended with " + process.exitValue() + "\n" + text(out) + text(err));
            return text(out);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /// Keeps what the containers logged, then removes them and their volumes.
    void tearDown() throws Exception {
        kafka.close();
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "compose.log"), compose("logs", "--no-color"));
        if (!KEEP) compose("down", "-v", "--remove-orphans", "-t", "5");
    }
}
