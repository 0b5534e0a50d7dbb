package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.function.ToIntFunction;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.gateway.json.AvroToJson;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.LogReader;
import org.ambientvcp.gateway.view.Views;
import org.ambientvcp.schemas.Topics;

/// What an operator looks at: figures, dead letters, the catalogue of topics.
final class OperationsRoutes {
    private static final int LARGEST_PAGE = 1_000;

    private final Views views;
    private final LogReader logs;
    private final InstantSource clock;
    private final long startedAt;

    OperationsRoutes(Views views, LogReader logs, InstantSource clock) {
        this.views = views;
        this.logs = logs;
        this.clock = clock;
        startedAt = clock.millis();
    }

    void register(Router router) {
        router.get("/v1/stats", Access.USERS, this::stats);
        router.get("/v1/topics", Access.USERS, this::topics);
        router.get("/v1/dead-letters", Access.ADMINS, this::deadLetters);
    }

    @OpenApi(
            path = "/v1/stats",
            methods = HttpMethod.GET,
            operationId = "getStats",
            tags = "operations",
            summary = "Nodes by breaker, tasks by state (of those in view), free slots, throughput since the start.",
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.Stats.class)))
    private void stats(Context ctx) {
        var stats = StrictJson.newObject();
        nodes(stats.putObject("nodes"));
        var tasks = stats.putObject("tasks").put("inView", views.tasks().size());
        var byState = tasks.putObject("byState");
        views.tasks().byState().forEach((state, count) -> byState.put(state.name(), count));
        stats.set("cells", AvroToJson.array(views.cells().values()));
        stats.put("freeSlots", sum(CellSummary::getFreeSlots))
                .put("queuedTasks", sum(CellSummary::getQueuedTasks))
                .put("leasedTasks", sum(CellSummary::getLeasedTasks))
                .put("modules", views.modules().size());
        stats.putObject("throughput")
                .put("sinceEpochMillis", startedAt)
                .put("upMillis", clock.millis() - startedAt)
                .put("accepted", views.accepted().getCount())
                .put("finished", views.finished().getCount())
                .put("acceptedPerSecondMean", views.accepted().getMeanRate())
                .put("acceptedPerSecondLastMinute", views.accepted().getOneMinuteRate());
        Requests.answer(ctx, 200, stats);
    }

    private void nodes(ObjectNode nodes) {
        var byBreaker = new EnumMap<Breaker, Integer>(Breaker.class);
        for (var breaker : Breaker.values()) byBreaker.put(breaker, 0);
        for (var health : views.health().values()) byBreaker.merge(health.getBreaker(), 1, Integer::sum);
        nodes.put("registered", views.registrations().size());
        var counts = nodes.putObject("byBreaker");
        byBreaker.forEach((breaker, count) -> counts.put(breaker.name(), count));
    }

    private long sum(ToIntFunction<CellSummary> figure) {
        return views.cells().values().stream().mapToInt(figure).asLongStream().sum();
    }

    @OpenApi(
            path = "/v1/dead-letters",
            methods = HttpMethod.GET,
            operationId = "listDeadLetters",
            tags = "operations",
            summary =
                    "Newest records that could not be used, newest first: original bytes, reason, origin. Admins only.",
            queryParams = @OpenApiParam(name = "limit", type = Integer.class, description = "1–1000, default 50"),
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.DeadLetterPage.class)))
    private void deadLetters(Context ctx) {
        var limit = (int) Requests.number(ctx, "limit", 50, 1, LARGEST_PAGE);
        var page = StrictJson.newObject();
        var list = page.putArray("deadLetters");
        for (var letter : logs.newest(Topics.DEAD_LETTERS, null, limit))
            list.add(AvroToJson.of(letter.value()).put("recordedAtEpochMillis", letter.timestampEpochMillis()));
        Requests.answer(ctx, 200, page);
    }

    @OpenApi(
            path = "/v1/topics",
            methods = HttpMethod.GET,
            operationId = "listTopics",
            tags = "operations",
            summary = "The catalogue of Kafka topics.",
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.TopicPage.class)))
    private void topics(Context ctx) {
        var page = StrictJson.newObject();
        var list = page.putArray("topics");
        for (var topic : Topics.all()) {
            var retention = topic.retention();
            var payload = topic.payload();
            list.addObject()
                    .put("name", topic.name())
                    .put("subject", topic.subject())
                    .put("type", topic.type().getSimpleName())
                    .put("key", topic.key())
                    .put("partitioning", topic.partitioning().name())
                    .put("cleanup", topic.cleanup().name())
                    .put("retentionMillis", retention == null ? null : (Long) retention.toMillis())
                    .put("writers", topic.writers())
                    .put("purpose", topic.purpose())
                    .put("signedDomain", payload == null ? null : payload.name());
        }
        Requests.answer(ctx, 200, page);
    }
}
