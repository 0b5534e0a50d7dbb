package org.ambientvcp.gateway.rest;

import com.codahale.metrics.MetricRegistry;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.gateway.GatewayConfig;
import org.ambientvcp.gateway.kafka.LogReader;
import org.ambientvcp.gateway.kafka.Publisher;
import org.ambientvcp.gateway.keys.ApiKeys;
import org.ambientvcp.gateway.keys.RateLimit;
import org.ambientvcp.gateway.view.Views;
import org.ambientvcp.service.Service;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/// The HTTP server: a virtual thread for each request, so that a route may simply wait.
public final class RestServer implements AutoCloseable {
    /// Longer than the longest wait for a task.
    private static final long IDLE_MILLIS = 75_000;

    private final Javalin javalin;
    private final int port;

    private RestServer(Javalin javalin) {
        this.javalin = javalin;
        port = javalin.port();
    }

    /// What the routes work with.
    ///
    /// @param keys null: no key is asked for
    public record Parts(
            GatewayConfig config,
            @Nullable ApiKeys keys,
            Service service,
            Views views,
            BlobStore blobs,
            Publisher publisher,
            LogReader logs,
            MetricRegistry metrics,
            InstantSource clock) {}

    /// Starts to serve.
    ///
    /// @throws IllegalStateException if the port is taken
    public static RestServer start(Parts parts) {
        try {
            return new RestServer(Javalin.create(configuration(parts)).start());
        } catch (JavalinBindException taken) {
            throw new IllegalStateException(
                    "VCP_GATEWAY_PORT " + parts.config.port() + " of " + parts.config.host()
                            + " is taken by another process",
                    taken);
        }
    }

    public int port() {
        return port;
    }

    private static Consumer<JavalinConfig> configuration(Parts parts) {
        return config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.concurrency.useVirtualThreads = true;
            config.http.prefer405over404 = true;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.addConnector((server, http) -> {
                http.setSendServerVersion(false);
                var connector = new ServerConnector(server, new HttpConnectionFactory(http));
                connector.setHost(parts.config.host());
                connector.setPort(parts.config.port());
                connector.setIdleTimeout(IDLE_MILLIS);
                return connector;
            });
            config.jetty.modifyServer(server -> server.setErrorHandler(new ErrorPages()));
            config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ErrorPages()));
            var metrics = new RequestMetrics(parts.metrics);
            config.requestLogger.http(metrics::requestEnded);
            routes(config, parts);
        };
    }

    private static void routes(JavalinConfig config, Parts parts) {
        var limits = parts.config;
        var authentication = new Authentication(
                parts.keys, limits.defaultTenant(), new RateLimit(limits.requestsPerSecond(), System::nanoTime));
        config.routes.before(RestServer::securityHeaders);
        config.routes.beforeMatched(authentication::check);
        config.routes.beforeMatched("/v1/*", ctx -> requireReady(ctx, parts.service));
        Refusals.register(config.routes);
        var router = new Router(config.routes);
        var requests = new Requests(
                Math.max(4L * limits.maxBlobBytes(), Runtime.getRuntime().maxMemory() / 4));
        new BlobRoutes(parts.blobs, requests, limits.maxBlobBytes()).register(router);
        new ModuleRoutes(parts.views, parts.blobs, parts.publisher, requests, parts.clock, limits.maxModuleBytes())
                .register(router);
        new TaskCommands(
                        parts.views,
                        parts.blobs,
                        parts.publisher,
                        requests,
                        parts.clock,
                        limits.maxBodyBytes(),
                        authentication.isOpen())
                .register(router);
        new TaskRoutes(parts.views.tasks(), parts.blobs, new EvidenceReader(parts.logs)).register(router);
        new NodeRoutes(parts.views).register(router);
        new LedgerRoutes(parts.views, parts.logs, parts.publisher, requests, limits.maxBodyBytes()).register(router);
        new TenantRoutes(parts.views, parts.publisher, requests, limits.maxBodyBytes()).register(router);
        new CellRoutes(parts.views, parts.publisher, requests, limits.maxBodyBytes()).register(router);
        new OperationsRoutes(parts.views, parts.logs, parts.clock).register(router);
        new HealthRoutes(parts.service).register(router);
        new DocumentationRoutes().register(router);
    }

    /// Other sites get nothing: there are no CORS headers, and what is not a page may not be used as one.
    private static void securityHeaders(Context ctx) {
        ctx.header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
    }

    /// Blobs need no view; everything else would be answered from half of the truth.
    private static void requireReady(Context ctx, Service service) {
        if (!service.isReady() && !ctx.path().startsWith("/v1/blobs/"))
            throw new Problem(ProblemType.NOT_READY, "the topics are still being read").header("Retry-After", "1");
    }

    /// Refuses new requests and ends.
    @Override
    public void close() {
        javalin.stop();
    }
}
