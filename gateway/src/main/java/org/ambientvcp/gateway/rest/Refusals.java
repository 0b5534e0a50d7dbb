package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.UUID;
import org.ambientvcp.blob.BlobStoreException;
import org.ambientvcp.blob.BlobTooLargeException;
import org.ambientvcp.gateway.json.InvalidJsonException;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.RecordTooLargeForTopicException;
import org.ambientvcp.gateway.kafka.UnavailableException;
import org.ambientvcp.schemas.TaskCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what goes wrong in a route into problem+json. Nothing unexpected gets out: it is logged under an id, and the
/// answer has the id.
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    private Refusals() {}

    static void register(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, ctx) -> answer(ctx, problem));
        routes.exception(InvalidJsonException.class, (wrong, ctx) -> answer(ctx, problem(wrong)));
        routes.exception(
                UnavailableException.class, (away, ctx) -> answer(ctx, unavailable(String.valueOf(away.getMessage()))));
        routes.exception(BlobStoreException.class, (away, ctx) -> {
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(away.getMessage()))
                    .log("blob store does not answer");
            answer(ctx, unavailable("the blob store does not answer"));
        });
        routes.exception(
                BlobTooLargeException.class,
                (tooLarge, ctx) -> answer(ctx, new Problem(ProblemType.TOO_LARGE, "the blob store takes less")));
        routes.exception(
                RecordTooLargeForTopicException.class,
                (tooLarge, ctx) ->
                        answer(ctx, new Problem(ProblemType.TOO_LARGE, String.valueOf(tooLarge.getMessage()))));
        routes.exception(HttpResponseException.class, Refusals::ofJavalin);
        routes.exception(Exception.class, Refusals::unexpected);
    }

    private static Problem problem(InvalidJsonException wrong) {
        return wrong.field().isEmpty()
                ? new Problem(ProblemType.INVALID_JSON, wrong.reason())
                : Problem.of(ProblemType.INVALID_FIELD, wrong.field(), wrong.reason());
    }

    private static Problem unavailable(String reason) {
        return new Problem(ProblemType.UNAVAILABLE, reason).header("Retry-After", RETRY_AFTER_SECONDS);
    }

    /// No such route, or another method.
    private static void ofJavalin(HttpResponseException refused, Context ctx) {
        var type = ProblemType.ofStatus(refused.getStatus());
        var problem = new Problem(
                type,
                type == ProblemType.NOT_FOUND
                        ? "there is no " + Requests.printable(ctx.path()) + "; see /openapi.json"
                        : type.title());
        var methods = refused.getDetails().get("availableMethods");
        if (methods != null) problem.header("Allow", methods);
        answer(ctx, problem);
    }

    private static void unexpected(Exception bug, Context ctx) {
        var id = UUID.randomUUID().toString();
        LOG.atError()
                .addKeyValue("id", id)
                .addKeyValue("method", ctx.method())
                .addKeyValue("path", Requests.printable(ctx.path()))
                .setCause(bug)
                .log("request failed");
        write(
                ctx,
                500,
                Problem.json(ProblemType.INTERNAL, 500, "it is in the log under this id", List.<TaskCheck.Problem>of())
                        .put("id", id));
    }

    private static void answer(Context ctx, Problem problem) {
        problem.headers().forEach(ctx::header);
        write(ctx, problem.type().status(), problem.json());
    }

    private static void write(Context ctx, int status, ObjectNode problem) {
        ctx.removeHeader("Content-Disposition");
        ctx.status(status)
                .contentType(Problem.MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .result(StrictJson.bytes(problem));
    }
}
