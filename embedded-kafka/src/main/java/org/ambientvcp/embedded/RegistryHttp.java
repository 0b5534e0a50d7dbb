package org.ambientvcp.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry's routes behind the JDK's HTTP server: bodies within a limit, errors as JSON, a virtual thread a
/// request.
final class RegistryHttp implements AutoCloseable {

    static final int MAX_BODY_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// How much of an oversized body is read and dropped, so that its sender gets to read the refusal.
    private static final int MAX_DROPPED_BYTES = 16 << 20;

    private final RegistryRoutes routes;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @throws IOException if the port is taken
    RegistryHttp(RegistryRoutes routes, int port) throws IOException {
        this.routes = routes;
        server = HttpServer.create(new InetSocketAddress(LoopbackSockets.HOST, port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                var request = RegistryRequest.of(exchange.getRequestMethod(), exchange.getRequestURI(), body(exchange));
                respond(exchange, 200, JSON.writeValueAsBytes(routes.answer(request)));
            } catch (RegistryError e) {
                if (e.status() >= 500) LOG.atError().setCause(e).log("schema registry could not answer");
                respond(exchange, e.status(), error(e.code(), String.valueOf(e.getMessage())));
            } catch (RuntimeException e) { // a bug: the client is told no more than that
                LOG.atError().setCause(e).log("schema registry failed");
                respond(exchange, 500, error(50001, "Error in the schema registry"));
            }
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody();
        var bytes = body.readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length <= MAX_BODY_BYTES) return bytes;
        var dropped = 0;
        for (var piece = new byte[8192]; dropped < MAX_DROPPED_BYTES; ) {
            var count = body.read(piece);
            if (count < 0) break;
            dropped += count;
        }
        throw RegistryError.tooLarge(MAX_BODY_BYTES);
    }

    private static byte[] error(int code, String message) throws JsonProcessingException {
        return JSON.writeValueAsBytes(Map.of("error_code", code, "message", message));
    }

    private static void respond(HttpExchange exchange, int status, byte[] json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }

    /// Ends the requests that are being answered, and frees the port.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) LOG.atWarn().log("a registry request does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
