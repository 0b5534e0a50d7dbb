package org.ambientvcp.gateway;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.gateway.kafka.LogReader;
import org.ambientvcp.gateway.kafka.Publisher;
import org.ambientvcp.gateway.keys.ApiKeys;
import org.ambientvcp.gateway.rest.RestServer;
import org.ambientvcp.gateway.view.ViewConsumer;
import org.ambientvcp.gateway.view.Views;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Service;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The REST API. It holds nothing of its own: what it shows is in the topics, what it takes goes to the topics, so any
/// number of gateways may run.
///
/// ```text
/// HTTP ──▶ routes ──▶ publisher ──▶ tasks, modules, cell-commands, ledger-commands
///            │  └───▶ log reader ◀── ledger, dead letters, results, verdicts, …   (on demand)
///            └──────▶ views ◀─────── task-status, nodes, node-health, balances, … (all the time)
/// ```
public final class Gateway implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final List<Topic<?>> WRITTEN =
            List.of(Topics.TASKS, Topics.MODULES, Topics.CELL_COMMANDS, Topics.LEDGER_COMMANDS);

    private final GatewayConfig config;
    private final MetricRegistry metrics = new MetricRegistry();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Views views;
    private final Publisher publisher;
    private final ViewConsumer consumer;
    private final RestServer server;

    private Gateway(KafkaConnection connection, BlobStore blobs, GatewayConfig config) {
        this.config = config;
        var keys = keys(config);
        views = new Views(config.maxTasks());
        publisher = new Publisher(connection);
        WRITTEN.forEach(publisher::warmUp);
        consumer = ViewConsumer.start(connection, views);
        metrics.gauge("views.tasks", () -> views.tasks()::size);
        metrics.gauge("views.waiters", () -> views.tasks()::waiters);
        metrics.register("tasks.accepted", views.accepted());
        metrics.register("tasks.finished", views.finished());
        try {
            server = RestServer.start(new RestServer.Parts(
                    config,
                    keys,
                    this,
                    views,
                    blobs,
                    publisher,
                    new LogReader(connection),
                    metrics,
                    InstantSource.system()));
        } catch (RuntimeException refused) {
            consumer.close();
            publisher.close();
            throw refused;
        }
        var open = LOG.atInfo().addKeyValue("url", url());
        if (keys == null) open.log("gateway is up; no API keys: whoever reaches this address may do everything");
        else open.addKeyValue("keys", keys.size()).log("gateway is up");
    }

    /// Starts to serve at once; it is ready when the views have caught up.
    ///
    /// @throws InvalidSettingException if the key file is not as it should be
    /// @throws IllegalStateException if the port is taken
    public static Gateway start(KafkaConnection connection, BlobStore blobs, GatewayConfig config) {
        return new Gateway(connection, blobs, config);
    }

    /// What it reads and writes.
    public static List<Topic<?>> topics() {
        var topics = new ArrayList<>(ViewConsumer.topics());
        for (var topic : WRITTEN) if (!topics.contains(topic)) topics.add(topic);
        topics.add(Topics.LEDGER);
        topics.add(Topics.DEAD_LETTERS);
        return topics;
    }

    private static @Nullable ApiKeys keys(GatewayConfig config) {
        var file = config.apiKeysFile();
        if (file == null) return null;
        try {
            return ApiKeys.load(file, System::nanoTime);
        } catch (IOException wrong) {
            throw new InvalidSettingException("VCP_API_KEYS_FILE cannot be used: " + wrong);
        }
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    /// For example `http://127.0.0.1:8080`.
    public String url() {
        var host = config.host();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port();
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public boolean isReady() {
        return consumer.isCaughtUp() && !consumer.hasFailed();
    }

    @Override
    public boolean hasFailed() {
        return consumer.hasFailed();
    }

    @Override
    public MetricRegistry metrics() {
        return metrics;
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        var all = new HashMap<MetricName, Metric>(publisher.metrics());
        all.putAll(consumer.metrics());
        return all;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        views.tasks().stopWaiting();
        server.close();
        publisher.close();
        consumer.close();
    }
}
