package org.ambientvcp.worker;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.ambientvcp.wasm.WasmEngine;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node: registers, sends telemetry, works on the leases its cell grants it. See docs/worker.md.
///
/// Delivery: assignments and results at least once; the cell counts a lease's result once.
public final class Node implements Service {
    static final String NAME = "executor-worker";

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final long RUNS_MAY_TAKE_MILLIS = 3_000;
    private static final long LOOP_MAY_TAKE_MILLIS = 500;
    private static final long SENDS_MAY_TAKE_MILLIS = 1_000;

    private final MetricRegistry metrics = new MetricRegistry();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final NodeConnection connection;
    private final Sensors sensors;
    private final Workplace workplace;
    private final Outbox outbox;
    private final AssignmentLoop loop;
    private final Thread loopThread;
    private final @Nullable EarlyLoop earlyLoop;
    private final ScheduledExecutorService schedule;

    /// Starts a node; it is registered when this returns.
    ///
    /// @param identity signs everything; its id is the node's
    /// @param sensors closed with the node
    /// @throws IOException if the epoch cannot be kept in the data directory
    /// @throws IllegalStateException if the brokers do not take the registration
    /// @throws org.ambientvcp.service.InvalidSettingException if there is no such cell
    public static Node start(
            KafkaConnection connection,
            BlobStore blobs,
            NodeConfig config,
            Identity identity,
            Sensors sensors,
            Runner runner)
            throws IOException, InterruptedException {
        return start(connection, blobs, config, identity, sensors, runner, InstantSource.system());
    }

    static Node start(
            KafkaConnection connection,
            BlobStore blobs,
            NodeConfig config,
            Identity identity,
            Sensors sensors,
            Runner runner,
            InstantSource clock)
            throws IOException, InterruptedException {
        var epoch = NodeEpoch.next(config.epochFile(), clock.millis());
        var connected = NodeConnection.open(connection, config, identity, epoch, clock.millis());
        LOG.atInfo()
                .addKeyValue("nodeId", identity.id())
                .addKeyValue("name", config.name())
                .addKeyValue("cell", connected.partition().partition())
                .addKeyValue("epoch", epoch)
                .log("node registered");
        return new Node(connection, connected, blobs, config, identity, epoch, sensors, runner, clock);
    }

    private Node(
            KafkaConnection connection,
            NodeConnection connected,
            BlobStore blobs,
            NodeConfig config,
            Identity identity,
            long epoch,
            Sensors sensors,
            Runner runner,
            InstantSource clock) {
        this.connection = connected;
        this.sensors = sensors;
        schedule = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("vcp-telemetry").daemon().factory());
        outbox = new Outbox(schedule);
        var load = new NodeLoad();
        var leases = new Leases();
        var offsets = new Offsets(connected.start());
        var producer = connected.producer();
        var processors = Runtime.getRuntime().availableProcessors();
        var execution = new TaskExecution(
                identity,
                runner,
                blobs,
                sensors,
                load,
                config.tdpMilliwatts(),
                processors,
                clock,
                WasmEngine::cpuNanos,
                metrics);
        var earlyStarts = new EarlyStarts(leases, connected.start().offset());
        var serde = AvroSerde.of(Topics.ASSIGNMENTS, connection.registry());
        workplace = new Workplace(identity, config.slots(), leases, offsets, execution, load, producer, outbox);
        loop = new AssignmentLoop(
                identity.id(),
                config.clockSkew().toMillis(),
                connected.consumer(),
                connected.partition(),
                connected.homes(),
                serde,
                leases,
                earlyStarts,
                offsets,
                workplace,
                producer,
                outbox,
                clock,
                metrics);
        metrics.register("slots.busy", (Gauge<Integer>) load::busySlots);
        metrics.register("slots.total", (Gauge<Integer>) config::slots);
        metrics.register("leases.waiting", (Gauge<Integer>) workplace::waiting);
        metrics.register("errors.consecutive", (Gauge<Integer>) load::consecutiveErrors);
        metrics.register("energy.tasks.microjoules", (Gauge<Long>) load::tasksMicrojoules);
        loopThread = Thread.ofPlatform().name("vcp-assignments").start(loop);
        earlyLoop = !config.speculative()
                ? null
                : new EarlyLoop(
                        identity.id(),
                        config.clockSkew().toMillis(),
                        NodeConnection.early(connection, connected.partition()),
                        serde,
                        earlyStarts,
                        workplace,
                        clock,
                        metrics);
        if (earlyLoop != null) Thread.ofPlatform().name("vcp-early").daemon().start(earlyLoop);
        var samples = new Samples(identity.id(), epoch, config.tdpMilliwatts(), sensors, load, clock, System::nanoTime);
        var telemetry = new Telemetry(identity, samples, producer);
        var _ = schedule.scheduleAtFixedRate(
                telemetry, 0, config.telemetryInterval().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isReady() {
        return !closed.get() && loopThread.isAlive();
    }

    @Override
    public boolean hasFailed() {
        return !closed.get() && !loopThread.isAlive();
    }

    @Override
    public MetricRegistry metrics() {
        return metrics;
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        var all = new HashMap<MetricName, Metric>(connection.consumer().metrics());
        all.putAll(connection.producer().metrics());
        return all;
    }

    /// Takes no more work, gives what runs 3 s, then interrupts it; commits and closes. What is unfinished then is
    /// taken up by the next start, or its lease ends.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        try {
            if (earlyLoop != null) earlyLoop.stop();
            loop.stop();
            workplace.close(RUNS_MAY_TAKE_MILLIS);
            schedule.shutdownNow();
            if (!outbox.awaitQuiet(SENDS_MAY_TAKE_MILLIS)) LOG.atWarn().log("some events were not acknowledged");
            if (loopThread.join(Duration.ofMillis(LOOP_MAY_TAKE_MILLIS))) loop.close();
            else loopThread.interrupt();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            loopThread.interrupt();
        } finally {
            schedule.shutdownNow();
            connection.producer().close();
            sensors.close();
        }
    }
}
