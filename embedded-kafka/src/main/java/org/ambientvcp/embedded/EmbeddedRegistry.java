package org.ambientvcp.embedded;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A schema registry in this JVM, on the loopback interface, that speaks Confluent's REST interface for Avro.
///
/// ```text
/// HTTP ──▶ routes ──▶ decide ──▶ _schemas ──▶ store
///             └────────── ask ◀───────────────┘
/// ```
///
/// Its state is the compacted topic `_schemas`, written as Confluent's own registry writes it, so that one could take
/// the
/// topic over. Ids are the same after a restart. A change is answered once it is durable and visible. Schema
/// references,
/// contexts, rule sets and changes of the mode are not supported; one registry may write to a topic at a time.
///
/// Safe for use by many threads.
public final class EmbeddedRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final String TOPIC = "_schemas";

    private final AtomicBoolean closed = new AtomicBoolean();
    private final SchemaLog log;
    private final RegistryHttp http;

    private EmbeddedRegistry(SchemaLog log, RegistryHttp http) {
        this.log = log;
        this.http = http;
    }

    /// Reads the topic, creating it if need be, and returns when the registry serves.
    ///
    /// @param port 1–65535, or 0 for a free one
    /// @throws StartException if the port is taken, the topic is no schema log, or Kafka cannot be reached
    public static EmbeddedRegistry start(String bootstrapServers, int port) {
        var store = new SchemaStore();
        var log = SchemaLog.open(bootstrapServers, TOPIC, store);
        try {
            var http = new RegistryHttp(new RegistryRoutes(store, log), port);
            http.start();
            var registry = new EmbeddedRegistry(log, http);
            LOG.atInfo().addKeyValue("address", registry.url()).log("schema registry is up");
            return registry;
        } catch (IOException | IllegalArgumentException e) {
            log.close();
            throw new StartException(
                    "cannot start a schema registry on " + LoopbackSockets.HOST + ":" + port + ": " + e.getMessage(),
                    e);
        }
    }

    /// Where clients find it, `http://host:port`.
    public String url() {
        return "http://" + LoopbackSockets.HOST + ":" + http.port();
    }

    /// Stops serving and leaves the topic as it is. A second call does nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        try (log;
                http) {
            LOG.atDebug().log("schema registry stops");
        }
    }
}
