package org.ambientvcp.cli.dev;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.ambientvcp.embedded.EmbeddedBroker;
import org.ambientvcp.embedded.EmbeddedRegistry;
import org.ambientvcp.gateway.Gateway;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole system in one JVM. `start` returns when every service is ready and every node is known.
public final class DevCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevCluster.class);
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int PARTITIONS = 2;

    /// @param dataDirectory everything that lasts
    /// @param gatewayPort 0 or taken: any free one; so the others
    /// @param cells partitions of the cell topics, at the first start
    public record Options(Path dataDirectory, int gatewayPort, int brokerPort, int registryPort, int cells) {}

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path dataDirectory;
    private final List<Service> services = new ArrayList<>();
    private DevState state = new DevState("", "", "", "", 0, "");

    private DevCluster(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /// Starts everything.
    ///
    /// @param progress told a line for every step
    /// @throws IllegalStateException if a part does not become ready; names it
    public static DevCluster start(Options options, Consumer<String> progress) throws Exception {
        Files.createDirectories(options.dataDirectory());
        var cluster = new DevCluster(options.dataDirectory());
        try {
            cluster.startAll(options, progress);
            return cluster;
        } catch (Exception failed) {
            cluster.close();
            throw failed;
        }
    }

    private void startAll(Options options, Consumer<String> progress) throws Exception {
        progress.accept("starting the broker");
        var broker = opened(
                EmbeddedBroker.start(dataDirectory.resolve("kafka"), Ports.ifFree(options.brokerPort()), Map.of()));
        var registry = opened(EmbeddedRegistry.start(broker.bootstrapServers(), Ports.ifFree(options.registryPort())));
        var connection = new KafkaConnection(
                broker.bootstrapServers(), Map.of(), new RegistryClient(URI.create(registry.url())));
        progress.accept("making the topics");
        int cells;
        try (var admin = connection.admin()) {
            TopicAdmin.createMissing(admin, new TopicAdmin.Layout(options.cells(), PARTITIONS, (short) 1), READY);
            cells = DevServices.cells(admin);
        }
        var parts = new DevServices(dataDirectory, connection, cells);
        progress.accept("starting telemetry-ingest, scheduler-stream, proof-verifier and the gateway");
        var gateway = startTogether(parts, options);
        progress.accept("starting " + SimulatedNode.ALL.size() + " nodes");
        startNodes(parts);
        awaitReady();
        parts.fund();
        progress.accept("waiting for the nodes' first health scores");
        parts.awaitNodes(gateway.url(), READY);
        state = new DevState(
                gateway.url(),
                parts.apiKey(),
                broker.bootstrapServers(),
                registry.url(),
                ProcessHandle.current().pid(),
                parts.verifierId());
        state.write(dataDirectory);
    }

    private Gateway startTogether(DevServices parts, Options options) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var telemetry = threads.submit((Callable<Service>) parts::telemetry);
            var scheduler = threads.submit((Callable<Service>) parts::scheduler);
            var verifier = threads.submit((Callable<Service>) parts::verifier);
            var gateway = threads.submit(() -> parts.gateway(Ports.ifFree(options.gatewayPort())));
            for (var service : List.of(telemetry, scheduler, verifier)) service(get(service));
            var started = get(gateway);
            service(started);
            return started;
        }
    }

    private void startNodes(DevServices parts) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var nodes = new ArrayList<Future<Service>>();
            for (int index = 0; index < SimulatedNode.ALL.size(); index++) {
                var number = index;
                nodes.add(threads.submit(() -> parts.node(number)));
            }
            for (var node : nodes) service(get(node));
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) throw cause;
            throw failed;
        }
    }

    private void awaitReady() throws InterruptedException {
        var deadline = System.nanoTime() + READY.toNanos();
        for (var service : services) {
            while (!service.isReady()) {
                if (service.hasFailed() || System.nanoTime() > deadline)
                    throw new IllegalStateException(service.name() + " did not become ready");
                Thread.sleep(POLL);
            }
        }
    }

    /// Where the cluster is.
    public DevState state() {
        return state;
    }

    /// The running services, nodes included.
    public List<Service> services() {
        return List.copyOf(services);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private void service(Service service) {
        services.add(opened(service));
    }

    /// Stops everything: nodes first, the broker last.
    @Override
    public void close() {
        DevState.remove(dataDirectory);
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failed) {
                LOG.atWarn().setCause(failed).log("a part did not stop cleanly");
            }
        }
    }
}
