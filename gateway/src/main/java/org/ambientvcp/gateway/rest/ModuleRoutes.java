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
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.events.ModuleExport;
import org.ambientvcp.events.ModuleImport;
import org.ambientvcp.events.ModuleInfo;
import org.ambientvcp.gateway.json.AvroToJson;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.Publisher;
import org.ambientvcp.gateway.kafka.UnavailableException;
import org.ambientvcp.gateway.view.Views;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.wasm.Compilation;
import org.ambientvcp.wasm.WasmModule;

/// WASM programs: uploaded, checked, listed.
final class ModuleRoutes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final Views views;
    private final BlobStore blobs;
    private final Publisher publisher;
    private final Requests requests;
    private final InstantSource clock;
    private final int maxBytes;
    /// One at a time: a hostile module of 16 MiB takes hundreds of megabytes while it is read.
    private final Semaphore compiler = new Semaphore(1);

    ModuleRoutes(
            Views views, BlobStore blobs, Publisher publisher, Requests requests, InstantSource clock, int maxBytes) {
        this.views = views;
        this.blobs = blobs;
        this.publisher = publisher;
        this.requests = requests;
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    void register(Router router) {
        router.add(HandlerType.POST, "/v1/modules", Access.USERS, this::upload);
        router.get("/v1/modules", Access.USERS, this::list);
        router.get("/v1/modules/{sha256}", Access.USERS, this::get);
    }

    @OpenApi(
            path = "/v1/modules",
            methods = HttpMethod.POST,
            operationId = "uploadModule",
            tags = "modules",
            summary = "Uploads a WASM program. It is read and checked; one that no node could run is refused.",
            queryParams =
                    @OpenApiParam(
                            name = "name",
                            required = true,
                            description = "for people, 1–128 of A–Z a–z 0–9 . _ -"),
            requestBody =
                    @OpenApiRequestBody(
                            required = true,
                            content =
                                    @OpenApiContent(mimeType = "application/wasm", type = "string", format = "binary")),
            responses =
                    @OpenApiResponse(
                            status = "201",
                            description = "stored; Location says where",
                            content = @OpenApiContent(from = Shapes.ModuleInfo.class)))
    private void upload(Context ctx) {
        var name = ctx.queryParam("name");
        if (name == null || !NAME.matcher(name).matches())
            throw Problem.of(
                    ProblemType.INVALID_REQUEST,
                    "name",
                    "is not 1–128 of A–Z a–z 0–9 . _ -: " + (name == null ? "missing" : Requests.printable(name)));
        requests.body(ctx, "application/wasm", maxBytes, body -> {
            var module = info(name, compile(body), ctx);
            blobs.put(body);
            publisher.publish(Topics.MODULES, null, module.getSha256(), module, Requests.traceparent(ctx));
            views.show(module);
            ctx.header("Location", "/v1/modules/" + module.getSha256());
            Requests.answer(ctx, 201, AvroToJson.of(module));
        });
    }

    private WasmModule compile(byte[] bytes) {
        compiler.acquireUninterruptibly();
        try {
            return switch (WasmModule.compile(bytes)) {
                case Compilation.Compiled compiled -> compiled.module();
                case Compilation.Refused refused -> throw new Problem(ProblemType.INVALID_MODULE, refused.reason());
                case Compilation.Failed failed -> throw new UnavailableException(failed.reason(), null);
            };
        } finally {
            compiler.release();
        }
    }

    private ModuleInfo info(String name, WasmModule module, Context ctx) {
        return new ModuleInfo(
                module.sha256(),
                name,
                (long) module.sizeBytes(),
                module.exports().stream()
                        .map(export -> new ModuleExport(export.name(), export.kind(), export.type()))
                        .toList(),
                module.imports().stream()
                        .map(needed -> new ModuleImport(needed.module(), needed.name(), needed.kind(), needed.type()))
                        .toList(),
                Authentication.caller(ctx).id(),
                clock.millis());
    }

    @OpenApi(
            path = "/v1/modules",
            methods = HttpMethod.GET,
            operationId = "listModules",
            tags = "modules",
            summary = "All programs, by SHA-256.",
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.ModulePage.class)))
    private void list(Context ctx) {
        var page = StrictJson.newObject();
        page.set("modules", AvroToJson.array(views.modules().values()));
        Requests.answer(ctx, 200, page);
    }

    @OpenApi(
            path = "/v1/modules/{sha256}",
            methods = HttpMethod.GET,
            operationId = "getModule",
            tags = "modules",
            summary = "One program: its exports and imports. Its bytes are the blob of the same hash.",
            pathParams = @OpenApiParam(name = "sha256", required = true, description = "64 lower-case hex digits"),
            responses = @OpenApiResponse(status = "200", content = @OpenApiContent(from = Shapes.ModuleInfo.class)))
    private void get(Context ctx) {
        var sha256 = Requests.sha256(ctx);
        var module = views.modules().get(sha256);
        if (module == null) throw new Problem(ProblemType.NOT_FOUND, "there is no module " + sha256);
        Requests.answer(ctx, 200, AvroToJson.of(module));
    }
}
