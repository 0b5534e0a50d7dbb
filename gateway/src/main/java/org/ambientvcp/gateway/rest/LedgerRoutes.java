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
import java.util.UUID;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.gateway.json.AvroToJson;
import org.ambientvcp.gateway.json.InvalidJsonException;
import org.ambientvcp.gateway.json.JsonToAvro;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.LogReader;
import org.ambientvcp.gateway.kafka.Publisher;
import org.ambientvcp.gateway.view.Views;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.schemas.Topics;

/// Balances, entries, grants.
final class LedgerRoutes {
    private static final int LARGEST_PAGE = 1_000;
    /// The sum of nine thousand of them still fits a long.
    private static final long LARGEST_GRANT = 1_000_000_000_000_000L;

    private final Views views;
    private final LogReader logs;
    private final Publisher publisher;
    private final Requests requests;
    private final int maxBodyBytes;

    LedgerRoutes(Views views, LogReader logs, Publisher publisher, Requests requests, int maxBodyBytes) {
        this.views = views;
        this.logs = logs;
        this.publisher = publisher;
        this.requests = requests;
        this.maxBodyBytes = maxBodyBytes;
    }

    void register(Router router) {
        router.get("/v1/ledger/accounts", Access.USERS, this::accounts);
        router.get("/v1/ledger/accounts/{account}", Access.USERS, this::account);
        router.get("/v1/ledger/entries", Access.USERS, this::entries);
        router.add(HandlerType.POST, "/v1/ledger/grants", Access.ADMINS, this::grant);
    }

    @OpenApi(
            path = "/v1/ledger/accounts",
            methods = HttpMethod.GET,
            operationId = "listAccounts",
            tags = "ledger",
            summary = "Balances of the accounts the key may see, by name.",
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.AccountPage.class)))
    private void accounts(Context ctx) {
        var caller = Authentication.caller(ctx);
        var page = StrictJson.newObject();
        page.set(
                "accounts",
                AvroToJson.array(views.balances().values().stream()
                        .filter(balance -> Accounts.mayBeSeenBy(caller, balance.getAccount()))
                        .toList()));
        Requests.answer(ctx, 200, page);
    }

    @OpenApi(
            path = "/v1/ledger/accounts/{account}",
            methods = HttpMethod.GET,
            operationId = "getAccount",
            tags = "ledger",
            summary = "Balance of one account.",
            pathParams =
                    @OpenApiParam(
                            name = "account",
                            required = true,
                            description = "tenant:T, escrow:T, node:N, treasury or mint"),
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.AccountBalance.class)))
    private void account(Context ctx) {
        var account = visible(ctx, ctx.pathParam("account"));
        var balance = views.balances().get(account);
        if (balance == null) throw new Problem(ProblemType.NOT_FOUND, "the account " + account + " has no entries");
        Requests.answer(ctx, 200, AvroToJson.of(balance));
    }

    @OpenApi(
            path = "/v1/ledger/entries",
            methods = HttpMethod.GET,
            operationId = "listEntries",
            tags = "ledger",
            summary = "Newest entries of an account, newest first; an admin may leave the account out.",
            queryParams = {
                @OpenApiParam(name = "account", description = "tenant:T, escrow:T, node:N, treasury or mint"),
                @OpenApiParam(name = "limit", type = Integer.class, description = "1–1000, default 50")
            },
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.EntryPage.class)))
    private void entries(Context ctx) {
        var limit = (int) Requests.number(ctx, "limit", 50, 1, LARGEST_PAGE);
        var account = ctx.queryParam("account");
        if (account == null && !Authentication.caller(ctx).isAdmin())
            throw Problem.of(ProblemType.INVALID_REQUEST, "account", "is missing");
        if (account != null) account = visible(ctx, account);
        var page = StrictJson.newObject();
        var list = page.putArray("entries");
        for (var entry : logs.newest(Topics.LEDGER, account, limit)) list.add(AvroToJson.of(entry.value()));
        Requests.answer(ctx, 200, page);
    }

    private static String visible(Context ctx, String account) {
        if (!Accounts.isAccount(account))
            throw Problem.of(
                    ProblemType.INVALID_REQUEST,
                    "account",
                    "is not tenant:T, escrow:T, node:N, treasury or mint: " + Requests.printable(account));
        if (!Accounts.mayBeSeenBy(Authentication.caller(ctx), account))
            throw new Problem(ProblemType.FORBIDDEN, "the account belongs to another tenant");
        return account;
    }

    @OpenApi(
            path = "/v1/ledger/grants",
            methods = HttpMethod.POST,
            operationId = "grantFunds",
            tags = "ledger",
            summary = "Puts money from the mint into an account. Admins only; a repeated grantId is the same grant.",
            requestBody =
                    @OpenApiRequestBody(required = true, content = @OpenApiContent(from = Shapes.GrantRequest.class)),
            responses =
                    @OpenApiResponse(
                            status = "202",
                            description = "the ledger will see it",
                            content = @OpenApiContent(from = Shapes.GrantAccepted.class)))
    private void grant(Context ctx) {
        requests.json(ctx, maxBodyBytes, json -> {
            var grant = read(json, Authentication.caller(ctx).id());
            publisher.publish(
                    Topics.LEDGER_COMMANDS,
                    null,
                    grant.getAccount(),
                    new LedgerCommand(grant),
                    Requests.traceparent(ctx));
            Requests.answer(
                    ctx,
                    202,
                    StrictJson.newObject()
                            .put("grantId", grant.getGrantId())
                            .put("account", grant.getAccount())
                            .put("amountMicros", grant.getAmountMicros()));
        });
    }

    private static GrantFunds read(ObjectNode json, String requestedBy) {
        if (json.has("requestedBy")) throw new InvalidJsonException("requestedBy", "is set by the gateway");
        var complete = json.deepCopy().put("requestedBy", requestedBy);
        if (!complete.hasNonNull("grantId"))
            complete.put("grantId", UUID.randomUUID().toString());
        var grant = JsonToAvro.read(GrantFunds.class, complete);
        if (!TaskCheck.isTaskId(grant.getGrantId()))
            throw new InvalidJsonException("grantId", "is not 1–128 of A–Z a–z 0–9 . _ -");
        if (!Accounts.isGrantable(grant.getAccount()))
            throw new InvalidJsonException(
                    "account", "is not tenant:T, node:N or treasury: " + Requests.printable(grant.getAccount()));
        if (grant.getAmountMicros() < 1 || grant.getAmountMicros() > LARGEST_GRANT)
            throw new InvalidJsonException(
                    "amountMicros", "is not 1–" + LARGEST_GRANT + ": " + grant.getAmountMicros());
        return grant;
    }
}
