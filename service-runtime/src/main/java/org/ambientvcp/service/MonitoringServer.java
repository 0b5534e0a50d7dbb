package org.ambientvcp.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Health and metrics of the services in this JVM over HTTP: `/health/live`, `/health/ready`, `/metrics`.
public final class MonitoringServer implements AutoCloseable {
    private static final byte[] NOTHING_HERE =
            "/health/live, /health/ready, /metrics\n".getBytes(StandardCharsets.UTF_8);

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private MonitoringServer(HttpServer http) {
        this.http = http;
    }

    /// @param port 0 picks a free one
    /// @throws IOException if the port is taken; the message says so
    public static MonitoringServer start(int port, List<Service> services) throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(new InetSocketAddress(port), 16);
        } catch (BindException taken) {
            throw new IOException("VCP_HTTP_PORT " + port + " is taken by another process", taken);
        }
        var server = new MonitoringServer(http);
        var metrics = new Metrics(services);
        http.setExecutor(server.threads);
        http.createContext("/health/live", exchange -> server.health(exchange, services, true));
        http.createContext("/health/ready", exchange -> server.health(exchange, services, false));
        http.createContext("/metrics", exchange -> answer(exchange, 200, Metrics.CONTENT_TYPE, metrics.text()));
        http.createContext("/", exchange -> answer(exchange, 404, "text/plain", NOTHING_HERE));
        http.start();
        return server;
    }

    public String url() {
        return "http://localhost:" + http.getAddress().getPort();
    }

    private void health(HttpExchange exchange, List<Service> services, boolean live) throws IOException {
        var fine = services.stream().allMatch(service -> live ? !service.hasFailed() : service.isReady());
        var parts = services.stream()
                .map(service -> "{\"name\":\"%s\",\"ready\":%b,\"failed\":%b}"
                        .formatted(service.name(), service.isReady(), service.hasFailed()))
                .collect(Collectors.joining(","));
        var body = "{\"status\":\"%s\",\"services\":[%s]}".formatted(fine ? "UP" : "DOWN", parts);
        answer(exchange, fine ? 200 : 503, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            var head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
