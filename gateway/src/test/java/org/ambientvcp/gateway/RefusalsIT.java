package org.ambientvcp.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGateway.class)
class RefusalsIT {
    private final Running running;

    RefusalsIT(Running running) {
        this.running = running;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "acme-key",
                "acme-key.",
                "nobody.AAAA",
                "acme-key.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void withoutAValidKeyThereIsNothing(String key) {
        var answer = running.get("/v1/tasks", key);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void theKeyMayComeInItsOwnHeader() {
        assertThat(running.send(running.request("/v1/tasks", "")
                                .header("X-API-Key", running.acme)
                                .GET())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownPathAndAnotherMethodAreProblems() {
        assertThat(running.get("/v1/nothing", running.acme).problem()).isEqualTo("not-found");
        assertThat(running.get("/", "").problem()).isEqualTo("not-found");
        var patch = running.send(running.request("/v1/tasks", running.acme).method("PATCH", BodyPublishers.noBody()));
        assertThat(patch.status()).isEqualTo(405);
        assertThat(patch.problem()).isEqualTo("method-not-allowed");
        assertThat(patch.header("Allow")).contains("GET").contains("POST");
    }

    @Test
    void aBodyNeedsItsMediaType() {
        var answer = running.send(running.request("/v1/tasks", running.acme)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    @Test
    void aHugeBodyIsRefusedWithAndWithoutALength() {
        var huge = "{\"taskId\":\"" + "x".repeat(70_000) + "\"}";
        assertThat(running.post("/v1/tasks", running.acme, huge).problem()).isEqualTo("too-large");

        var chunked = running.send(running.request("/v1/tasks", running.acme)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge.getBytes(UTF_8)))));
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.problem()).isEqualTo("too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "null", "{\"a\":1}}", "{\"taskId\":\"a\",\"taskId\":\"b\"}"})
    void whatIsNoJsonIsAProblem(String body) {
        assertThat(running.post("/v1/tasks", running.acme, body).problem()).isEqualTo("invalid-json");
    }

    @Test
    void deepJsonAndInvalidUtf8AreProblems() {
        assertThat(running.post("/v1/tasks", running.acme, "{\"a\":" + "[".repeat(60_000))
                        .problem())
                .isEqualTo("invalid-json");
        var latin = running.send(running.request("/v1/tasks", running.acme)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray("{\"taskId\":\"é\"}".getBytes(ISO_8859_1))));
        assertThat(latin.problem()).isEqualTo("invalid-json");
        assertThat(latin.json().path("detail").asText()).contains("UTF-8");
    }

    @Test
    void wrongTypesNameTheField() {
        var answer = running.post("/v1/tasks", running.acme, "{\"moduleSha256\":{\"a\":[]}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.json().path("field").asText()).isEqualTo("moduleSha256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/blobs/../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/blobs/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/\u0001 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/tasks HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
                "GET /v1/tasks HTTP/9.9\r\nHost: a\r\nConnection: close\r\n\r\n",
                "POST /v1/tasks HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\nConnection: close\r\n\r\n",
                "BREW /v1/tasks HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "\u0016\u0003\u0001\r\n\r\n",
            })
    void hostileHttpGetsAnErrorWithoutInsides(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", running.gateway.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).matches("(?s)HTTP/1\\.1 (4\\d\\d|505) .*");
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .doesNotContain("jetty")
                    .doesNotContain("exception")
                    .doesNotContain("\tat ")
                    .doesNotContain("<html");
        }
        assertThat(running.get("/health/live", "").status()).isEqualTo(200);
    }

    @Test
    void otherSitesGetNoPermission() {
        var preflight = running.send(running.request("/v1/tasks", "")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(preflight.status()).isGreaterThanOrEqualTo(400);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
