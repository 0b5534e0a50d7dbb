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
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.gateway.json.InvalidJsonException;
import org.ambientvcp.gateway.json.JsonToAvro;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.Publisher;
import org.ambientvcp.gateway.view.Views;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// What tenants have in flight and may have.
final class TenantRoutes {
    private static final String ESCROW = "escrow:";
    private static final int LARGEST_QUOTA = 1_000_000;

    private final Views views;
    private final Publisher publisher;
    private final Requests requests;
    private final int maxBodyBytes;

    TenantRoutes(Views views, Publisher publisher, Requests requests, int maxBodyBytes) {
        this.views = views;
        this.publisher = publisher;
        this.requests = requests;
        this.maxBodyBytes = maxBodyBytes;
    }

    void register(Router router) {
        router.get("/v1/tenants", Access.ADMINS, this::list);
        router.get("/v1/tenants/{tenant}", Access.USERS, this::get);
        router.add(HandlerType.PUT, "/v1/tenants/{tenant}/quota", Access.ADMINS, this::quota);
    }

    @OpenApi(
            path = "/v1/tenants",
            methods = HttpMethod.GET,
            operationId = "listTenants",
            tags = "tenants",
            summary = "Tenants that have had a task or a quota, by name: tasks in flight, quota, money. Admins only.",
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.TenantPage.class)))
    private void list(Context ctx) {
        var page = StrictJson.newObject();
        var tenants = page.putArray("tenants");
        for (var balance : views.balances().values())
            if (balance.getAccount().startsWith(ESCROW))
                tenants.add(tenant(balance.getAccount().substring(ESCROW.length()), balance));
        Requests.answer(ctx, 200, page);
    }

    @OpenApi(
            path = "/v1/tenants/{tenant}",
            methods = HttpMethod.GET,
            operationId = "getTenant",
            tags = "tenants",
            summary = "One tenant; a key sees its own, an admin all.",
            pathParams = @OpenApiParam(name = "tenant", required = true, description = "1–63 of a–z 0–9 -"),
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.Tenant.class)))
    private void get(Context ctx) {
        var name = name(ctx);
        if (!Authentication.caller(ctx).sees(name))
            throw new Problem(ProblemType.FORBIDDEN, "the key is of another tenant");
        var escrow = views.balances().get(ESCROW + name);
        if (escrow == null && !views.balances().containsKey("tenant:" + name))
            throw new Problem(ProblemType.NOT_FOUND, "there is no tenant " + name);
        Requests.answer(ctx, 200, tenant(name, escrow));
    }

    private ObjectNode tenant(String name, @Nullable AccountBalance escrow) {
        var own = views.balances().get("tenant:" + name);
        return StrictJson.newObject()
                .put("tenant", name)
                .put("tasksInFlight", escrow == null ? null : escrow.getTasksInFlight())
                .put("maxTasksInFlight", escrow == null ? null : escrow.getMaxTasksInFlight())
                .put("balanceMicros", own == null ? 0 : own.getBalanceMicros())
                .put("heldMicros", escrow == null ? 0 : escrow.getBalanceMicros());
    }

    @OpenApi(
            path = "/v1/tenants/{tenant}/quota",
            methods = HttpMethod.PUT,
            operationId = "setQuota",
            tags = "tenants",
            summary = "Sets how many tasks a tenant may have in flight; 0 stops it. Admins only.",
            pathParams = @OpenApiParam(name = "tenant", required = true, description = "1–63 of a–z 0–9 -"),
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = Shapes.QuotaRequest.class)),
            responses =
                    @OpenApiResponse(
                            status = "202",
                            description = "the ledger will see it",
                            content = @OpenApiContent(from = Shapes.QuotaAccepted.class)))
    private void quota(Context ctx) {
        var name = name(ctx);
        requests.json(ctx, maxBodyBytes, json -> {
            if (json.has("tenant")) throw new InvalidJsonException("tenant", "is in the path");
            var quota = JsonToAvro.read(TenantQuota.class, json.deepCopy().put("tenant", name));
            if (quota.getMaxTasksInFlight() < 0 || quota.getMaxTasksInFlight() > LARGEST_QUOTA)
                throw new InvalidJsonException(
                        "maxTasksInFlight", "is not 0–" + LARGEST_QUOTA + ": " + quota.getMaxTasksInFlight());
            publisher.publish(
                    Topics.LEDGER_COMMANDS,
                    null,
                    "tenant:" + name,
                    new LedgerCommand(quota),
                    Requests.traceparent(ctx));
            Requests.answer(
                    ctx,
                    202,
                    StrictJson.newObject().put("tenant", name).put("maxTasksInFlight", quota.getMaxTasksInFlight()));
        });
    }

    private static String name(Context ctx) {
        var name = ctx.pathParam("tenant");
        if (!TaskCheck.isTenant(name))
            throw Problem.of(
                    ProblemType.INVALID_REQUEST, "tenant", "is not 1–63 of a–z 0–9 -: " + Requests.printable(name));
        return name;
    }
}
