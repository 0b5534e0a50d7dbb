package org.ambientvcp.gateway.rest;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/// The OpenAPI document and a page to read it with. Everything is served from here: the page fetches nothing from
/// anywhere else, and its policy says so to the browser.
final class DocumentationRoutes {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";

    private final byte[] document;

    DocumentationRoutes() {
        document = OpenApiDocument.bytes();
    }

    void register(Router router) {
        router.get(
                "/openapi.json",
                Access.PUBLIC,
                ctx -> ctx.contentType("application/json").result(document));
        serve(router, "/swagger", "text/html; charset=utf-8", "/swagger/index.html");
        serve(router, "/swagger/start.js", "text/javascript", "/swagger/start.js");
        var webjar = WEBJAR + version() + "/";
        for (var file : Map.of(
                        "swagger-ui.css", "text/css",
                        "swagger-ui-bundle.js", "text/javascript",
                        "favicon-32x32.png", "image/png")
                .entrySet()) serve(router, "/swagger/" + file.getKey(), file.getValue(), webjar + file.getKey());
    }

    private static void serve(Router router, String path, String mediaType, String resource) {
        var bytes = resource(resource);
        router.get(path, Access.PUBLIC, ctx -> page(ctx, mediaType, bytes));
    }

    private static void page(Context ctx, String mediaType, byte[] bytes) {
        ctx.header("Content-Security-Policy", POLICY).contentType(mediaType).result(bytes);
    }

    /// Version of the Swagger UI on the class path.
    private static String version() {
        var properties = new Properties();
        try (var in = DocumentationRoutes.class.getResourceAsStream(
                "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(Objects.requireNonNull(in, "the Swagger UI is not on the class path"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return properties.getProperty("version");
    }

    static byte[] resource(String name) {
        try (var in = DocumentationRoutes.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, "not on the class path: " + name).readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + name, broken);
        }
    }
}
