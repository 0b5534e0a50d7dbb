package org.ambientvcp.gateway.rest;

import com.codahale.metrics.MetricRegistry;
import io.javalin.http.Context;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A timer of every route, a counter of every class of status, and the access log. Names have no values of the
/// request in them, so there are as many metrics as routes.
final class RequestMetrics {
    private static final Logger LOG = LoggerFactory.getLogger("org.ambientvcp.gateway.access");

    private final MetricRegistry metrics;

    RequestMetrics(MetricRegistry metrics) {
        this.metrics = metrics;
    }

    void requestEnded(Context ctx, float millis) {
        var route = ctx.endpoints().matchedHttpEndpoint();
        var name = route == null ? "none" : route.method.name() + route.path.replace('/', '.');
        metrics.timer("http.requests." + name.replaceAll("[{}]", ""))
                .update((long) (millis * 1_000_000), TimeUnit.NANOSECONDS);
        metrics.counter("http.responses." + ctx.statusCode() / 100 + "xx").inc();
        (ctx.statusCode() >= 500 ? LOG.atWarn() : ctx.statusCode() >= 400 ? LOG.atInfo() : LOG.atDebug())
                .addKeyValue("method", ctx.method())
                .addKeyValue("path", Requests.printable(ctx.path()))
                .addKeyValue("status", ctx.statusCode())
                .addKeyValue("millis", Math.round(millis))
                .addKeyValue("from", ctx.ip())
                .log("request");
    }
}
