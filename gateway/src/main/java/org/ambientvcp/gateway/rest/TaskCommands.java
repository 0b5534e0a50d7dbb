package org.ambientvcp.gateway.rest;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.time.InstantSource;
import java.util.UUID;
import org.ambientvcp.blob.BlobMissingException;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.gateway.json.JsonToAvro;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.Publisher;
import org.ambientvcp.gateway.view.TaskStatuses;
import org.ambientvcp.gateway.view.Views;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Submits and cancels tasks.
final class TaskCommands {
    /// Larger inputs go to the blob store, so that the logs stay small.
    static final int LARGEST_INLINE_INPUT = 16 * 1024;

    private final Views views;
    private final BackPressure backPressure;
    private final BlobStore blobs;
    private final Publisher publisher;
    private final Requests requests;
    private final InstantSource clock;
    private final int maxBodyBytes;
    private final boolean anyTenant;

    TaskCommands(
            Views views,
            BlobStore blobs,
            Publisher publisher,
            Requests requests,
            InstantSource clock,
            int maxBodyBytes,
            boolean anyTenant) {
        this.views = views;
        backPressure = new BackPressure(views);
        this.blobs = blobs;
        this.publisher = publisher;
        this.requests = requests;
        this.clock = clock;
        this.maxBodyBytes = maxBodyBytes;
        this.anyTenant = anyTenant;
    }

    void register(Router router) {
        router.add(HandlerType.POST, "/v1/tasks", Access.USERS, this::submit);
        router.add(HandlerType.DELETE, "/v1/tasks/{id}", Access.USERS, this::cancel);
    }

    @OpenApi(
            path = "/v1/tasks",
            methods = HttpMethod.POST,
            operationId = "submitTask",
            tags = "tasks",
            summary = "Submits a task. When it is answered the brokers have it; a repeated taskId is the same task.",
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = Shapes.TaskRequest.class)),
            responses = {
                @OpenApiResponse(
                        status = "202",
                        description = "taken; Location says where its state is",
                        content = @OpenApiContent(from = Shapes.TaskAccepted.class)),
                @OpenApiResponse(
                        status = "429",
                        description = "the tenant's quota is used up or all queues are full; wait Retry-After seconds")
            })
    private void submit(Context ctx) {
        requests.json(ctx, maxBodyBytes, json -> {
            var sent = TaskRequest.read(
                    json,
                    Authentication.caller(ctx),
                    anyTenant,
                    () -> UUID.randomUUID().toString(),
                    clock.millis(),
                    Requests.traceparent(ctx));
            backPressure.requireRoom(sent.getTaskId(), sent.getTenant());
            var task = Task.newBuilder(sent).setInput(input(sent.getInput())).build();
            TaskRequest.requireFine(task);
            requireModule(task);
            publisher.publish(Topics.TASKS, null, task.getTaskId(), task, task.getTraceparent());
            accepted(ctx, task.getTaskId(), task.getTenant());
        });
    }

    private void requireModule(Task task) {
        if (!views.modules().containsKey(task.getModuleSha256()) && !blobs.contains(task.getModuleSha256()))
            throw Problem.of(
                    ProblemType.UNKNOWN_MODULE,
                    "moduleSha256",
                    "is no known module: " + task.getModuleSha256() + "; POST it to /v1/modules first");
    }

    /// Where the input's bytes are: in the task up to 16 KiB, else in the blob store.
    private @Nullable Object input(@Nullable Object input) {
        return switch (input) {
            case InlineBytes inline
            when inline.getBytes().remaining() > LARGEST_INLINE_INPUT -> {
                var bytes = Bytes.of(inline.getBytes());
                yield new BlobRef(blobs.put(bytes), (long) bytes.length);
            }
            case BlobRef blob -> known(blob);
            case null, default -> input;
        };
    }

    private BlobRef known(BlobRef blob) {
        try {
            if (blob.getSizeBytes() == JsonToAvro.SIZE_UNKNOWN)
                return new BlobRef(blob.getSha256(), (long) blobs.get(blob.getSha256()).length);
            if (blobs.contains(blob.getSha256())) return blob;
        } catch (BlobMissingException missing) {
            // said below
        } catch (IllegalArgumentException malformed) {
            return new BlobRef(blob.getSha256(), 0L); // TaskCheck says what is wrong with the name
        }
        throw Problem.of(
                ProblemType.UNKNOWN_BLOB,
                "input.sha256",
                "is no known blob: " + blob.getSha256() + "; PUT it to /v1/blobs first");
    }

    @OpenApi(
            path = "/v1/tasks/{id}",
            methods = HttpMethod.DELETE,
            operationId = "cancelTask",
            tags = "tasks",
            summary = "Asks the task's cell to cancel it. What the cell then does is in the task's state.",
            pathParams = @OpenApiParam(name = "id", required = true, description = "the task's id"),
            queryParams = @OpenApiParam(name = "reason", description = "for people, at most 200 characters"),
            responses = {
                @OpenApiResponse(
                        status = "202",
                        description = "the cell will see it",
                        content = @OpenApiContent(from = Shapes.TaskAccepted.class)),
                @OpenApiResponse(status = "409", description = "the task has ended")
            })
    private void cancel(Context ctx) {
        var status = TaskRoutes.find(views.tasks(), ctx);
        if (TaskStatuses.isTerminal(status.getState()))
            throw new Problem(ProblemType.ALREADY_FINISHED, "the task is " + status.getState());
        var reason = ctx.queryParam("reason");
        if (reason != null && reason.length() > 200)
            throw Problem.of(ProblemType.INVALID_REQUEST, "reason", "is longer than 200 characters");
        var command = new TaskCancel(
                status.getTaskId(),
                status.getTenant(),
                Authentication.caller(ctx).id(),
                reason == null ? "cancelled by its owner" : Requests.printable(reason));
        publisher.publish(
                Topics.CELL_COMMANDS,
                status.getCell(),
                status.getTaskId(),
                new CellCommand(command),
                Requests.traceparent(ctx));
        accepted(ctx, status.getTaskId(), status.getTenant());
    }

    private static void accepted(Context ctx, String taskId, String tenant) {
        ctx.header("Location", "/v1/tasks/" + taskId);
        Requests.answer(ctx, 202, StrictJson.newObject().put("taskId", taskId).put("tenant", tenant));
    }
}
