package org.ambientvcp.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ambientvcp.embedded.LoopbackSockets.HOST;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A one-node Kafka in this JVM: KRaft broker and controller in one, on the loopback interface, without TLS.
///
/// What it acknowledged survives the end of the process, also by force (Kafka does not force every record to disk, so
/// not the loss of power). It can be started again on the same directory, on the same or another port. Topics are not
/// created on demand. Transactions and share groups work.
///
/// It is put together from Kafka's internal classes as `KafkaRaftServer` does it, because that class neither tells the
/// port it bound nor spares the JVM when the broker fails.
///
/// Safe for use by many threads. Logging must go to Log4j 2: the broker's own classes ask for it.
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration FENCED = Duration.ofSeconds(60);
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final Duration SHUTDOWN_AFTER_FAULT = Duration.ofSeconds(5);

    private final AtomicBoolean closed = new AtomicBoolean();
    private final int port;
    private final DataDirectoryLock lock;
    private final BrokerFaults faults;
    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;

    /// Starts a broker and returns when it serves.
    ///
    /// @param dataDirectory where its logs are kept; created if need be, for this broker alone
    /// @param port 1–65535, or 0 for a free one
    /// @param overrides Kafka broker settings that replace this class's defaults
    /// @throws StartException if the port is taken or another broker uses the directory, or Kafka refuses
    /// @throws IllegalArgumentException if an override is for the roles, the ports or the directory
    public static EmbeddedBroker start(Path dataDirectory, int port, Map<String, String> overrides) {
        return start(dataDirectory, port, overrides, fault -> {});
    }

    /// Starts a broker and returns when it serves.
    ///
    /// @param onFault told of the first fatal fault, on a thread of the broker: must not block or close the broker
    /// @throws StartException if the port is taken or another broker uses the directory, or Kafka refuses
    /// @throws IllegalArgumentException if an override is for the roles, the ports or the directory
    public static EmbeddedBroker start(
            Path dataDirectory, int port, Map<String, String> overrides, Consumer<Throwable> onFault) {
        BrokerSettings.requireAllowed(overrides);
        try {
            var lock = DataDirectoryLock.take(dataDirectory);
            try {
                return start(dataDirectory.toRealPath(), port, overrides, lock, BrokerFaults.watch(onFault));
            } catch (Throwable e) {
                lock.close();
                throw e;
            }
        } catch (Exception e) { // Kafka declares Exception, and its Scala throws undeclared ones
            throw new StartException(
                    "cannot start a broker on " + HOST + ":" + port + " with its data in " + dataDirectory + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static EmbeddedBroker start(
            Path directory, int port, Map<String, String> overrides, DataDirectoryLock lock, BrokerFaults faults)
            throws Exception {
        try (var sockets = new LoopbackSockets()) {
            var bound = sockets.bind(port);
            var settings = BrokerSettings.of(directory, bound, sockets.bind(0), overrides);
            formatOnce(directory);
            var broker = new EmbeddedBroker(bound, lock, faults, new KafkaConfig(settings, false), sockets);
            broker.startUp();
            return broker;
        } catch (Throwable e) {
            faults.close();
            throw e;
        }
    }

    /// The settings of every embedded broker, beside roles, ports and directory.
    public static Map<String, String> settings() {
        return BrokerSettings.defaults();
    }

    /// Writes the cluster id and the first metadata. `meta.properties` is written last, in one step, so without it
    /// nothing has been stored yet.
    private static void formatOnce(Path directory) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) return;
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .run();
    }

    private EmbeddedBroker(
            int port, DataDirectoryLock lock, BrokerFaults faults, KafkaConfig config, LoopbackSockets sockets) {
        this.port = port;
        this.lock = lock;
        this.faults = faults;
        var disk = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        var quorum = config.quorumConfig();
        shared = new SharedServer(
                config,
                disk._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, disk._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
                QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
                faults,
                sockets);
        broker = new BrokerServer(shared);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), disk._2());
    }

    private void startUp() throws Exception {
        try {
            controller.startup();
            awaitEndOfFormerLeadership();
            broker.startup();
        } catch (Throwable e) {
            shutDown(SHUTDOWN_AFTER_FAULT);
            throw e;
        }
        LOG.atInfo().addKeyValue("address", bootstrapServers()).log("broker is up");
    }

    private void awaitEndOfFormerLeadership() throws Exception {
        var former = new FormerLeadership();
        shared.loader().installPublishers(List.of(former)).get();
        former.awaitEnd(FENCED);
        shared.loader().removeAndClosePublisher(former).get();
    }

    /// Where clients connect, `host:port`.
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /// The id given to the cluster when the directory was first used.
    public String clusterId() {
        return shared.clusterId();
    }

    /// The first fatal fault, or null while the broker works. After one the broker is of no use and should be closed.
    public @Nullable Throwable fault() {
        return faults.first();
    }

    /// Shuts down in order and returns when the port and the directory are free. A second call does nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        try (lock;
                faults) {
            shutDown(fault() == null ? SHUTDOWN : SHUTDOWN_AFTER_FAULT);
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory could not be released", e);
        }
    }

    private void shutDown(Duration timeout) {
        try {
            broker.shutdown(timeout);
        } finally {
            controller.shutdown();
        }
    }
}
