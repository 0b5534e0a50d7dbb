package org.ambientvcp.gateway.rest;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.ambientvcp.blob.BlobMissingException;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.gateway.json.AvroToJson;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.UnavailableException;
import org.ambientvcp.gateway.view.TaskStatuses;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.TaskCheck;
import org.jspecify.annotations.Nullable;

/// Tasks as a user sees them.
final class TaskRoutes {
    private static final int LONGEST_WAIT_MILLIS = 60_000;
    private static final int LARGEST_PAGE = 1_000;

    private final TaskStatuses tasks;
    private final BlobStore blobs;
    private final EvidenceReader evidence;

    TaskRoutes(TaskStatuses tasks, BlobStore blobs, EvidenceReader evidence) {
        this.tasks = tasks;
        this.blobs = blobs;
        this.evidence = evidence;
    }

    void register(Router router) {
        router.get("/v1/tasks", Access.USERS, this::list);
        router.get("/v1/tasks/{id}", Access.USERS, this::get);
        router.get("/v1/tasks/{id}/output", Access.USERS, this::output);
        router.get("/v1/tasks/{id}/evidence", Access.USERS, this::evidence);
    }

    @OpenApi(
            path = "/v1/tasks",
            methods = HttpMethod.GET,
            operationId = "listTasks",
            tags = "tasks",
            summary = "The key's tenant's tasks, the one updated last first; an admin sees all tenants'.",
            queryParams = {
                @OpenApiParam(name = "state", description = "only tasks in this state"),
                @OpenApiParam(name = "limit", type = Integer.class, description = "1–1000, default 50"),
                @OpenApiParam(name = "after", description = "the `next` of the page before")
            },
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.TaskPage.class)))
    private void list(Context ctx) {
        var caller = Authentication.caller(ctx);
        var limit = (int) Requests.number(ctx, "limit", 50, 1, LARGEST_PAGE);
        var found = tasks.list(
                Requests.choice(ctx, "state", TaskState.class),
                caller.isAdmin() ? null : caller.tenant(),
                cursor(ctx.queryParam("after")),
                limit);
        var page = StrictJson.newObject();
        page.set("tasks", AvroToJson.array(found));
        page.put("next", found.size() < limit ? null : text(TaskStatuses.Cursor.of(found.getLast())));
        Requests.answer(ctx, 200, page);
    }

    @OpenApi(
            path = "/v1/tasks/{id}",
            methods = HttpMethod.GET,
            operationId = "getTask",
            tags = "tasks",
            summary = "State, result and verdict of a task; may wait for a change.",
            description = "A task that was just submitted is not found until its first state is known: wait for it.",
            pathParams = @OpenApiParam(name = "id", required = true, description = "the task's id"),
            queryParams = {
                @OpenApiParam(
                        name = "waitMillis",
                        type = Integer.class,
                        description = "0–60000: wait until the task has ended, or has changed since `seen`"),
                @OpenApiParam(
                        name = "seen",
                        type = Long.class,
                        description = "updatedAtEpochMillis of the status you have")
            },
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.TaskStatus.class)))
    private void get(Context ctx) {
        var wait = Requests.number(ctx, "waitMillis", 0, 0, LONGEST_WAIT_MILLIS);
        var seen = Requests.number(ctx, "seen", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        var status = wait == 0 ? find(tasks, ctx) : await(ctx, Duration.ofMillis(wait), seen);
        Requests.answer(ctx, 200, AvroToJson.of(status));
    }

    private TaskStatus await(Context ctx, Duration patience, long seen) {
        var known = findOrNull(tasks, ctx);
        var tenant = known == null ? Authentication.caller(ctx).tenant() : known.getTenant();
        try {
            return tasks.await(
                            new TaskStatuses.Id(ctx.pathParam("id"), tenant),
                            status -> TaskStatuses.isTerminal(status.getState())
                                    || status.getUpdatedAtEpochMillis() > seen,
                            patience)
                    .orElseThrow(() -> unknown(ctx));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the gateway is shutting down", stopping);
        }
    }

    @OpenApi(
            path = "/v1/tasks/{id}/output",
            methods = HttpMethod.GET,
            operationId = "getTaskOutput",
            tags = "tasks",
            summary = "What the program wrote, as it wrote it.",
            pathParams = @OpenApiParam(name = "id", required = true, description = "the task's id"),
            responses = {
                @OpenApiResponse(
                        status = "200",
                        content = @OpenApiContent(mimeType = BlobRoutes.BYTES, type = "string", format = "binary")),
                @OpenApiResponse(status = "409", description = "there is no result yet, or one without output")
            })
    private void output(Context ctx) {
        var status = find(tasks, ctx);
        var result = status.getResult();
        if (result == null)
            throw new Problem(ProblemType.NO_OUTPUT, "the task is " + status.getState() + " and has no result");
        switch (result.getOutput()) {
            case InlineBytes inline -> BlobRoutes.answer(ctx, result.getOutputSha256(), Bytes.of(inline.getBytes()));
            case BlobRef blob -> {
                try {
                    BlobRoutes.answer(ctx, blob.getSha256(), blobs.get(blob.getSha256()));
                } catch (BlobMissingException missing) {
                    throw new Problem(ProblemType.NOT_FOUND, "the output blob is gone: " + blob.getSha256());
                }
            }
            case null, default -> throw new Problem(ProblemType.NO_OUTPUT, "the program wrote no output");
        }
    }

    @OpenApi(
            path = "/v1/tasks/{id}/evidence",
            methods = HttpMethod.GET,
            operationId = "getTaskEvidence",
            tags = "tasks",
            summary = "Everything signed about a task, as it was signed, so that you can check it yourself.",
            pathParams = @OpenApiParam(name = "id", required = true, description = "the task's id"),
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.Evidence.class)))
    private void evidence(Context ctx) {
        Requests.answer(ctx, 200, evidence.of(find(tasks, ctx)));
    }

    /// The task in the path, if the caller may see it.
    static TaskStatus find(TaskStatuses tasks, Context ctx) {
        var found = findOrNull(tasks, ctx);
        if (found == null) throw unknown(ctx);
        return found;
    }

    private static @Nullable TaskStatus findOrNull(TaskStatuses tasks, Context ctx) {
        var id = ctx.pathParam("id");
        if (!TaskCheck.isTaskId(id)) throw unknown(ctx);
        var caller = Authentication.caller(ctx);
        var own = tasks.find(id, caller.tenant());
        if (own.isPresent()) return own.get();
        var other = tasks.find(id).orElse(null);
        // the caller's own may have come between the two looks
        if (other != null && !caller.isAdmin() && !other.getTenant().equals(caller.tenant()))
            throw new Problem(ProblemType.FORBIDDEN, "the task belongs to another tenant");
        return other;
    }

    private static Problem unknown(Context ctx) {
        return new Problem(
                ProblemType.NOT_FOUND,
                "there is no task " + Requests.printable(ctx.pathParam("id"))
                        + ", or none of its states is known yet; ?waitMillis= waits for the first");
    }

    private static TaskStatuses.@Nullable Cursor cursor(@Nullable String text) {
        if (text == null) return null;
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length == 3) return new TaskStatuses.Cursor(Long.parseLong(parts[0]), parts[1], parts[2]);
        } catch (IllegalArgumentException malformed) {
            // falls through
        }
        throw Problem.of(ProblemType.INVALID_REQUEST, "after", "is not the `next` of a page");
    }

    private static String text(TaskStatuses.Cursor cursor) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((cursor.updatedAt() + " " + cursor.taskId() + " " + cursor.tenant())
                        .getBytes(StandardCharsets.UTF_8));
    }
}
