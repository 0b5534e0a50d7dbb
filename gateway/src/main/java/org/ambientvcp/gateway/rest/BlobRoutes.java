package org.ambientvcp.gateway.rest;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiParam;
import io.javalin.openapi.OpenApiRequestBody;
import io.javalin.openapi.OpenApiResponse;
import java.util.Base64;
import java.util.HexFormat;
import org.ambientvcp.blob.BlobMissingException;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.schemas.Sha256;

/// The blob store over HTTP.
final class BlobRoutes {
    static final String BYTES = "application/octet-stream";
    private static final String PATH = "/v1/blobs/{sha256}";

    private final BlobStore blobs;
    private final Requests requests;
    private final int maxBytes;

    BlobRoutes(BlobStore blobs, Requests requests, int maxBytes) {
        this.blobs = blobs;
        this.requests = requests;
        this.maxBytes = maxBytes;
    }

    void register(Router router) {
        router.add(HandlerType.PUT, PATH, Access.BLOBS, this::put);
        router.add(HandlerType.GET, PATH, Access.BLOBS, this::get);
        router.add(HandlerType.HEAD, PATH, Access.BLOBS, this::head);
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.PUT,
            operationId = "putBlob",
            tags = "blobs",
            summary = "Stores bytes under their SHA-256. May be repeated.",
            pathParams = @OpenApiParam(name = "sha256", required = true, description = "64 lower-case hex digits"),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content = @OpenApiContent(mimeType = BYTES, type = "string", format = "binary")),
            responses = {
                @OpenApiResponse(status = "201", description = "stored"),
                @OpenApiResponse(status = "200", description = "was there")
            })
    private void put(Context ctx) {
        var sha256 = Requests.sha256(ctx);
        requests.anyBody(ctx, maxBytes, body -> {
            var actual = Sha256.hex(body);
            if (!actual.equals(sha256))
                throw Problem.of(ProblemType.HASH_MISMATCH, "sha256", "is not the hash of the bytes: " + actual);
            var known = blobs.contains(sha256);
            blobs.put(body); // also when it is known: heals a damaged copy
            ctx.status(known ? 200 : 201).header("Location", ctx.path());
        });
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.GET,
            operationId = "getBlob",
            tags = "blobs",
            summary = "Reads bytes by their SHA-256; they have been checked on this read.",
            pathParams = @OpenApiParam(name = "sha256", required = true, description = "64 lower-case hex digits"),
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(mimeType = BYTES, type = "string", format = "binary")))
    private void get(Context ctx) {
        var sha256 = Requests.sha256(ctx);
        try {
            answer(ctx, sha256, blobs.get(sha256));
        } catch (BlobMissingException missing) {
            throw new Problem(ProblemType.NOT_FOUND, "there is no blob " + sha256);
        }
    }

    @OpenApi(
            path = PATH,
            methods = HttpMethod.HEAD,
            operationId = "hasBlob",
            tags = "blobs",
            summary = "Whether there is a blob: 200 or 404.",
            pathParams = @OpenApiParam(name = "sha256", required = true, description = "64 lower-case hex digits"),
            responses = @OpenApiResponse(status = "200", description = "it is there"))
    private void head(Context ctx) {
        ctx.status(blobs.contains(Requests.sha256(ctx)) ? 200 : 404).contentType(BYTES);
    }

    /// Answers with bytes that never change, as a download, so that no browser takes them for a page.
    static void answer(Context ctx, String sha256, byte[] bytes) {
        var digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        ctx.contentType(BYTES)
                .header("Content-Disposition", "attachment; filename=\"" + sha256 + "\"")
                .header("Repr-Digest", "sha-256=:" + digest + ":")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .result(bytes);
    }
}
