package org.ambientvcp.gateway.rest;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import java.util.List;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.service.Metrics;
import org.ambientvcp.service.Service;

/// Health and metrics, without a key.
final class HealthRoutes {
    private final Service service;
    private final Metrics metrics;

    HealthRoutes(Service service) {
        this.service = service;
        metrics = new Metrics(List.of(service));
    }

    void register(Router router) {
        router.get("/health/live", Access.PUBLIC, this::live);
        router.get("/health/ready", Access.PUBLIC, this::ready);
        router.get("/metrics", Access.PUBLIC, this::metrics);
    }

    @OpenApi(
            path = "/health/live",
            methods = HttpMethod.GET,
            operationId = "live",
            tags = "health",
            summary = "Whether the process should go on: 503 if it must be started again.",
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.Health.class)),
                @OpenApiResponse(status = "503", content = @OpenApiContent(from = Shapes.Health.class))
            })
    private void live(Context ctx) {
        answer(ctx, !service.hasFailed());
    }

    @OpenApi(
            path = "/health/ready",
            methods = HttpMethod.GET,
            operationId = "ready",
            tags = "health",
            summary = "Whether it knows all that was in the topics at its start: 503 before.",
            responses = {
                @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.Health.class)),
                @OpenApiResponse(status = "503", content = @OpenApiContent(from = Shapes.Health.class))
            })
    private void ready(Context ctx) {
        answer(ctx, service.isReady());
    }

    private void answer(Context ctx, boolean fine) {
        var health = StrictJson.newObject().put("status", fine ? "UP" : "DOWN");
        health.putArray("services")
                .addObject()
                .put("name", service.name())
                .put("ready", service.isReady())
                .put("failed", service.hasFailed());
        Requests.answer(ctx, fine ? 200 : 503, health);
    }

    @OpenApi(
            path = "/metrics",
            methods = HttpMethod.GET,
            operationId = "metrics",
            tags = "health",
            summary = "Metrics in Prometheus' text format.",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(mimeType = "text/plain", type = "string")))
    private void metrics(Context ctx) {
        ctx.contentType(Metrics.CONTENT_TYPE).result(metrics.text());
    }
}
