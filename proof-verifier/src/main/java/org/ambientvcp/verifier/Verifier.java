package org.ambientvcp.verifier;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// A verifier: registers, takes jobs from the share group, publishes signed verdicts. See docs/verification.md.
///
/// Delivery: at least once; the cell applies a verdict once.
public final class Verifier implements Service {
    static final String NAME = "proof-verifier";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LANES_MAY_TAKE = Duration.ofSeconds(4);
    /// A verifier sends no telemetry and gets no leases; these fields must be in range and say nothing.
    private static final int NO_TELEMETRY_TDP_MILLIWATTS = 1;

    private static final int NO_TELEMETRY_INTERVAL_MILLIS = 3_600_000;
    private static final long MODULE_CACHE_BYTES = 256L << 20;

    private final MetricRegistry metrics = new MetricRegistry();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final EventProducer producer;
    private final ExecutorService workers;
    private final List<KafkaShareConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final List<VerifierLane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /// Starts a verifier; it is registered when this returns.
    ///
    /// @param identity signs verdicts; cells count them if they trust its id
    /// @throws IllegalStateException if the brokers refuse the group's settings or the registration
    public static Verifier start(KafkaConnection connection, BlobStore blobs, VerifierConfig config, Identity identity)
            throws InterruptedException {
        return start(connection, blobs, config, identity, InstantSource.system());
    }

    static Verifier start(
            KafkaConnection connection, BlobStore blobs, VerifierConfig config, Identity identity, InstantSource clock)
            throws InterruptedException {
        ShareGroup.configure(connection, config.lock());
        var producer = new EventProducer(connection, "verifiers/" + identity.id());
        try {
            register(producer, config, identity, clock.millis());
            return new Verifier(connection, producer, blobs, config, identity, clock);
        } catch (RuntimeException | InterruptedException failed) {
            producer.close();
            throw failed;
        }
    }

    private Verifier(
            KafkaConnection connection,
            EventProducer producer,
            BlobStore blobs,
            VerifierConfig config,
            Identity identity,
            InstantSource clock) {
        this.producer = producer;
        workers = Executors.newFixedThreadPool(
                config.parallel(), Thread.ofPlatform().name("vcp-verify-", 0).factory());
        var runner = new TaskRunner(blobs, new ModuleCache(MODULE_CACHE_BYTES), new WasmEngine(System::nanoTime));
        var serde = AvroSerde.of(Topics.VERIFICATIONS, connection.registry());
        var judge = new JudgeJob(config, identity, blobs, runner, serde, producer, clock, metrics);
        for (int lane = 0; lane < config.parallel(); lane++) {
            var consumer = ShareGroup.consumer(connection);
            consumers.add(consumer);
            lanes.add(new VerifierLane(consumer, judge, workers, config.lock()));
            threads.add(Thread.ofPlatform().name("vcp-verifications-" + lane).start(lanes.getLast()));
        }
    }

    /// The epoch of a verifier is the time of its start: nothing but the registration carries it.
    private static void register(EventProducer producer, VerifierConfig config, Identity identity, long epoch)
            throws InterruptedException {
        var version = Verifier.class.getPackage().getImplementationVersion();
        var registration = NodeRegistration.newBuilder()
                .setNodeId(identity.id())
                .setName(config.name())
                .setOwnerId(config.ownerId())
                .setRole(NodeRole.VERIFIER)
                .setRegion(config.region())
                .setNodeType(NodeType.SERVER)
                .setCapabilities(List.of())
                .setSlots(config.parallel())
                .setMemoryBytes(Runtime.getRuntime().maxMemory())
                .setTdpMilliwatts(NO_TELEMETRY_TDP_MILLIWATTS)
                .setCell(0)
                .setTelemetryIntervalMillis(NO_TELEMETRY_INTERVAL_MILLIS)
                .setSoftwareVersion(version == null ? "development" : version)
                .setEpoch(epoch)
                .setSequence(1)
                .build();
        try {
            producer.send(Topics.NODES, identity.id(), identity.sign(Domain.REGISTRATION, registration))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException refused) {
            throw new IllegalStateException(
                    "the brokers did not take the verifier's registration: " + refused, refused);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isReady() {
        return !closed.get() && threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public boolean hasFailed() {
        return !closed.get() && threads.stream().anyMatch(thread -> !thread.isAlive());
    }

    @Override
    public MetricRegistry metrics() {
        return metrics;
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        var all = new HashMap<MetricName, Metric>(producer.metrics());
        for (var consumer : consumers) all.putAll(consumer.metrics());
        return all;
    }

    /// Hands back what is being judged and closes.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        lanes.forEach(VerifierLane::stop);
        try {
            var end = System.nanoTime() + LANES_MAY_TAKE.toNanos();
            for (var thread : threads) {
                var left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
                if (!thread.join(left)) thread.interrupt();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            threads.forEach(Thread::interrupt);
        } finally {
            workers.shutdownNow();
            producer.close();
        }
    }
}
