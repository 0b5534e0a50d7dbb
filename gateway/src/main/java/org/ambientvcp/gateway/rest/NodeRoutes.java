package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiResponse;
import java.util.TreeSet;
import org.ambientvcp.gateway.json.AvroToJson;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.view.Views;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Nodes and verifiers: what they say they are, how they are, what verdicts say of them.
final class NodeRoutes {
    private final Views views;

    NodeRoutes(Views views) {
        this.views = views;
    }

    void register(Router router) {
        router.get("/v1/nodes", Access.USERS, this::list);
        router.get("/v1/nodes/{id}", Access.USERS, this::get);
    }

    @OpenApi(
            path = "/v1/nodes",
            methods = HttpMethod.GET,
            operationId = "listNodes",
            tags = "nodes",
            summary = "All nodes and verifiers, by id.",
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.NodePage.class)))
    private void list(Context ctx) {
        var ids = new TreeSet<>(views.registrations().keySet());
        ids.addAll(views.health().keySet());
        var page = StrictJson.newObject();
        var nodes = page.putArray("nodes");
        for (var id : ids) nodes.add(node(id));
        Requests.answer(ctx, 200, page);
    }

    @OpenApi(
            path = "/v1/nodes/{id}",
            methods = HttpMethod.GET,
            operationId = "getNode",
            tags = "nodes",
            summary = "One node.",
            pathParams = @OpenApiParam(name = "id", required = true, description = "n and 32 hex digits"),
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.Node.class)))
    private void get(Context ctx) {
        var id = ctx.pathParam("id");
        if (!views.registrations().containsKey(id) && !views.health().containsKey(id))
            throw new Problem(ProblemType.NOT_FOUND, "there is no node " + Requests.printable(id));
        Requests.answer(ctx, 200, node(id));
    }

    private ObjectNode node(String id) {
        var balance = views.balances().get("node:" + id);
        var node = StrictJson.newObject().put("nodeId", id);
        node.set("registration", json(views.registrations().get(id)));
        node.set("health", json(views.health().get(id)));
        node.set("reputation", json(views.reputations().get(id)));
        return node.put("balanceMicros", balance == null ? 0 : balance.getBalanceMicros());
    }

    private static JsonNode json(@Nullable SpecificRecord event) {
        return event == null ? NullNode.instance : AvroToJson.of(event);
    }
}
