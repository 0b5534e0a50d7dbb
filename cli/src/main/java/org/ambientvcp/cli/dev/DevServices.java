package org.ambientvcp.cli.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.cli.GatewayClient;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.gateway.Gateway;
import org.ambientvcp.gateway.GatewayConfig;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.scheduler.Scheduler;
import org.ambientvcp.scheduler.SchedulerConfig;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.service.Settings;
import org.ambientvcp.telemetry.TelemetryConfig;
import org.ambientvcp.telemetry.TelemetryIngest;
import org.ambientvcp.verifier.Verifier;
import org.ambientvcp.verifier.VerifierConfig;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.worker.Node;
import org.ambientvcp.worker.NodeConfig;
import org.ambientvcp.worker.Runner;
import org.apache.kafka.clients.admin.Admin;

/// The services of a dev cluster, each with the settings that its own process would read from the environment.
final class DevServices {
    private static final long TENANT_FUNDS_MICROS = 1_000_000_000;
    private static final long NODE_STAKE_MICROS = 1_000_000;
    private static final int MODULE_CACHE_BYTES = 32 << 20;
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path dataDirectory;
    private final KafkaConnection connection;
    private final int cells;
    private final BlobStore blobs;
    private final Identity verifierIdentity;
    private final DevKeys keys;
    private final TaskRunner runner;

    DevServices(Path dataDirectory, KafkaConnection connection, int cells) throws IOException {
        this.dataDirectory = dataDirectory;
        this.connection = connection;
        this.cells = cells;
        blobs = new DirectoryBlobStore(dataDirectory.resolve("blobs"));
        verifierIdentity = identity(dataDirectory.resolve("verifier/node.key"));
        keys = DevKeys.loadOrCreate(dataDirectory);
        runner = new TaskRunner(blobs, new ModuleCache(MODULE_CACHE_BYTES), new WasmEngine(System::nanoTime));
    }

    /// How many cells the cluster was made with.
    static int cells(Admin admin) throws ExecutionException, InterruptedException {
        var topic = Topics.CELL_COMMANDS.name();
        var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
        return Objects.requireNonNull(described.get(topic)).partitions().size();
    }

    Service telemetry() throws Exception {
        return TelemetryIngest.start(connection, TelemetryConfig.from(settings(Map.of())));
    }

    Service scheduler() throws Exception {
        return Scheduler.start(
                connection,
                SchedulerConfig.from(settings(Map.of(
                        "VCP_TRUSTED_VERIFIERS",
                        verifierIdentity.id(),
                        // a cell or two and few tasks: answers matter more than throughput
                        "VCP_COMMIT_INTERVAL_MILLIS",
                        "10"))));
    }

    Service verifier() throws Exception {
        return Verifier.start(
                connection,
                blobs,
                VerifierConfig.from(settings(
                        Map.of("VCP_NODE_NAME", "verity", "VCP_OWNER", "vcp-dev", "VCP_PARALLEL_VERIFICATIONS", "8"))),
                verifierIdentity);
    }

    Gateway gateway(int port) throws Exception {
        return Gateway.start(
                connection,
                blobs,
                GatewayConfig.from(settings(Map.of(
                        "VCP_GATEWAY_PORT", Integer.toString(port),
                        "VCP_API_KEYS_FILE", keys.file().toString()))));
    }

    /// Starts one of the simulated nodes.
    Service node(int index) throws Exception {
        var profile = SimulatedNode.ALL.get(index);
        var directory = nodeDirectory(profile);
        var values = new HashMap<String, String>();
        values.put("VCP_NODE_NAME", profile.name());
        values.put("VCP_OWNER", profile.ownerId());
        values.put("VCP_REGION", profile.region());
        values.put("VCP_NODE_TYPE", profile.nodeType().name());
        values.put("VCP_CAPABILITIES", String.join(",", profile.capabilities()));
        values.put("VCP_PARALLEL_TASKS", Integer.toString(profile.slots()));
        values.put("VCP_TDP_WATTS", Integer.toString(profile.tdpWatts()));
        values.put("VCP_CELL", Integer.toString(index % cells));
        values.put("VCP_DATA_DIR", directory.toString());
        var honest = Runner.sandbox(runner);
        return Node.start(
                connection,
                blobs,
                NodeConfig.from(settings(values)),
                identity(directory.resolve("node.key")),
                new SimulatedSensors(profile, new SplittableRandom(index)),
                profile.cheats() ? new CheatingRunner(honest) : honest);
    }

    /// Gives the tenant money to spend and the nodes a stake to lose; once, however often it is called.
    void fund() throws Exception {
        try (var producer = new EventProducer(connection, "vcp-dev")) {
            grant(producer, "tenant:" + DevKeys.TENANT, TENANT_FUNDS_MICROS);
            for (var profile : SimulatedNode.ALL)
                grant(
                        producer,
                        "node:"
                                + identity(nodeDirectory(profile).resolve("node.key"))
                                        .id(),
                        NODE_STAKE_MICROS);
        }
    }

    private static void grant(EventProducer producer, String account, long amountMicros) throws Exception {
        var grant = new GrantFunds("vcp-dev-" + account, account, amountMicros, "vcp dev");
        producer.send(Topics.LEDGER_COMMANDS, account, new LedgerCommand(grant)).get();
    }

    /// Returns when all nodes have a health score.
    ///
    /// @throws IllegalStateException if they do not in time
    void awaitNodes(String gatewayUrl, Duration timeout) throws InterruptedException {
        var gateway = new GatewayClient(URI.create(gatewayUrl), keys.apiKey());
        var deadline = System.nanoTime() + timeout.toNanos();
        while (scored(gateway) < SimulatedNode.ALL.size()) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException(
                        "only " + scored(gateway) + " of " + SimulatedNode.ALL.size() + " nodes have a health score");
            Thread.sleep(POLL);
        }
    }

    private static int scored(GatewayClient gateway) {
        var count = 0;
        for (var node : gateway.get("/v1/nodes").path("nodes"))
            if (node.path("health").isObject()) count++;
        return count;
    }

    String verifierId() {
        return verifierIdentity.id();
    }

    String apiKey() {
        return keys.apiKey();
    }

    private Path nodeDirectory(SimulatedNode profile) {
        return dataDirectory.resolve("nodes").resolve(profile.name());
    }

    private static Identity identity(Path file) throws IOException {
        return Identity.loadOrCreate(file, new SecureRandom());
    }

    private Settings settings(Map<String, String> own) {
        var values = new HashMap<String, String>();
        values.put("VCP_STATE_DIR", dataDirectory.resolve("state").toString());
        values.put("VCP_DATA_DIR", dataDirectory.resolve("verifier").toString());
        values.put("VCP_BLOB_STORE", dataDirectory.resolve("blobs").toString());
        values.putAll(own);
        return new Settings(values);
    }
}
