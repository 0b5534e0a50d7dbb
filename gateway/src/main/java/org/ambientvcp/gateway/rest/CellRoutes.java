package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.util.Objects;
import java.util.UUID;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellSplit;
import org.ambientvcp.events.NodeMove;
import org.ambientvcp.events.SlotClass;
import org.ambientvcp.gateway.json.AvroToJson;
import org.ambientvcp.gateway.json.InvalidJsonException;
import org.ambientvcp.gateway.json.JsonToAvro;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.Publisher;
import org.ambientvcp.gateway.view.Views;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Cells as they are, and orders to move nodes between them.
final class CellRoutes {
    private static final int LONGEST_DRAIN_MILLIS = 86_400_000;

    private final Views views;
    private final Publisher publisher;
    private final Requests requests;
    private final int maxBodyBytes;

    CellRoutes(Views views, Publisher publisher, Requests requests, int maxBodyBytes) {
        this.views = views;
        this.publisher = publisher;
        this.requests = requests;
        this.maxBodyBytes = maxBodyBytes;
    }

    void register(Router router) {
        router.get("/v1/cells", Access.USERS, this::list);
        router.add(HandlerType.POST, "/v1/cells/{cell}/split", Access.ADMINS, this::split);
        router.add(HandlerType.POST, "/v1/nodes/{id}/move", Access.ADMINS, this::move);
    }

    @OpenApi(
            path = "/v1/cells",
            methods = HttpMethod.GET,
            operationId = "listCells",
            tags = "cells",
            summary = "What each cell last said of itself: live nodes, free slots, queued and leased tasks.",
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.CellPage.class)))
    private void list(Context ctx) {
        var page = StrictJson.newObject();
        page.set("cells", AvroToJson.array(views.cells().values()));
        Requests.answer(ctx, 200, page);
    }

    @OpenApi(
            path = "/v1/cells/{cell}/split",
            methods = HttpMethod.POST,
            operationId = "splitCell",
            tags = "cells",
            summary = "Moves every second live node of a cell to another one. Admins only; a repeated splitId does"
                    + " nothing.",
            pathParams =
                    @OpenApiParam(name = "cell", type = Integer.class, required = true, description = "its number"),
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = Shapes.SplitRequest.class)),
            responses =
                    @OpenApiResponse(
                            status = "202",
                            description = "the cell will see it",
                            content = @OpenApiContent(from = Shapes.SplitAccepted.class)))
    private void split(Context ctx) {
        var cell = cell(ctx);
        requests.json(ctx, maxBodyBytes, json -> {
            var complete = ordered(json, ctx);
            if (!complete.hasNonNull("splitId"))
                complete.put("splitId", UUID.randomUUID().toString());
            var split = JsonToAvro.read(CellSplit.class, complete);
            if (!TaskCheck.isTaskId(split.getSplitId()))
                throw new InvalidJsonException("splitId", "is not 1–128 of A–Z a–z 0–9 . _ -");
            requireCell(split.getToCell());
            if (split.getToCell() == cell) throw new InvalidJsonException("toCell", "is the cell itself: " + cell);
            requireDrain(split.getDrainMillis());
            requireTwoNodes(cell, split.getRegion());
            publisher.publish(
                    Topics.CELL_COMMANDS,
                    cell,
                    "split-" + split.getSplitId(),
                    new CellCommand(split),
                    Requests.traceparent(ctx));
            Requests.answer(
                    ctx,
                    202,
                    StrictJson.newObject()
                            .put("splitId", split.getSplitId())
                            .put("cell", cell)
                            .put("toCell", split.getToCell()));
        });
    }

    @OpenApi(
            path = "/v1/nodes/{id}/move",
            methods = HttpMethod.POST,
            operationId = "moveNode",
            tags = "cells",
            summary = "Moves a node to another cell when it holds no lease any more. Admins only; may be repeated.",
            pathParams = @OpenApiParam(name = "id", required = true, description = "n and 32 hex digits"),
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = Shapes.MoveRequest.class)),
            responses =
                    @OpenApiResponse(
                            status = "202",
                            description = "the cell will see it",
                            content = @OpenApiContent(from = Shapes.MoveAccepted.class)))
    private void move(Context ctx) {
        var nodeId = ctx.pathParam("id");
        var health = views.health().get(nodeId);
        if (health == null)
            throw new Problem(
                    ProblemType.NOT_FOUND, "no cell has heard of a node " + Requests.printable(nodeId) + " yet");
        requests.json(ctx, maxBodyBytes, json -> {
            if (json.has("nodeId")) throw new InvalidJsonException("nodeId", "is in the path");
            var move = JsonToAvro.read(NodeMove.class, ordered(json, ctx).put("nodeId", nodeId));
            requireCell(move.getToCell());
            requireDrain(move.getDrainMillis());
            publisher.publish(
                    Topics.CELL_COMMANDS, health.getCell(), nodeId, new CellCommand(move), Requests.traceparent(ctx));
            Requests.answer(
                    ctx,
                    202,
                    StrictJson.newObject()
                            .put("nodeId", nodeId)
                            .put("fromCell", health.getCell())
                            .put("toCell", move.getToCell()));
        });
    }

    private static ObjectNode ordered(ObjectNode json, Context ctx) {
        if (json.has("requestedBy")) throw new InvalidJsonException("requestedBy", "is set by the gateway");
        return json.deepCopy().put("requestedBy", Authentication.caller(ctx).id());
    }

    private int cell(Context ctx) {
        var text = ctx.pathParam("cell");
        for (var cell : views.cells().keySet()) if (text.equals(Integer.toString(cell))) return cell;
        throw new Problem(
                ProblemType.NOT_FOUND,
                "there is no cell " + Requests.printable(text) + ", there are "
                        + views.cells().keySet());
    }

    private void requireCell(int cell) {
        if (!views.cells().containsKey(cell))
            throw new InvalidJsonException(
                    "toCell",
                    "is no cell: " + cell + ", there are " + views.cells().keySet());
    }

    private void requireTwoNodes(int cell, @Nullable String region) {
        var nodes = Objects.requireNonNull(views.cells().get(cell)).getClasses().stream()
                .filter(slots -> region == null || region.equals(slots.getRegion()))
                .mapToInt(SlotClass::getLiveNodes)
                .sum();
        if (nodes < 2)
            throw new Problem(
                    ProblemType.NOTHING_TO_SPLIT,
                    "cell " + cell + " has " + nodes + " live nodes" + (region == null ? "" : " in this region")
                            + " that stay; a split needs 2");
    }

    private static void requireDrain(int millis) {
        if (millis < 0 || millis > LONGEST_DRAIN_MILLIS)
            throw new InvalidJsonException("drainMillis", "is not 0–" + LONGEST_DRAIN_MILLIS + ": " + millis);
    }
}
