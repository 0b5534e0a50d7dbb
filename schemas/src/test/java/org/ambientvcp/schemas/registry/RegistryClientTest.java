package org.ambientvcp.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
    private static final Schema SCHEMA = AvroCodec.schema(Topics.BALANCES.type());

    private record Answer(int status, String body) {}

    private record Request(String method, String path, String authorization, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private HttpServer http;

    RegistryClientTest() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        http.createContext("/", this::answer);
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    @Test
    void registersOnceAndRemembersTheId() {
        answers.add(new Answer(200, "{\"id\": 42}"));
        var client = client("");

        assertThat(client.idOf("vcp.balances.v1-value", SCHEMA)).isEqualTo(42);
        assertThat(client.idOf("vcp.balances.v1-value", SCHEMA)).isEqualTo(42);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/subjects/vcp.balances.v1-value/versions");
            assertThat(request.body()).contains("AccountBalance");
            assertThat(request.authorization()).isEqualTo("null");
        });
    }

    @Test
    void asksForASchemaOnce() {
        answers.add(new Answer(200, "{\"schema\": \"\\\"string\\\"\"}"));
        var client = client("");

        assertThat(client.schemaOf(7)).isEqualTo(Schema.create(Schema.Type.STRING));
        assertThat(client.schemaOf(7)).isEqualTo(Schema.create(Schema.Type.STRING));

        assertThat(requests).extracting(Request::path).containsExactly("/schemas/ids/7");
    }

    @Test
    void sendsTheUserAndPasswordOfTheUrlAndKeepsItsPath() {
        answers.add(new Answer(200, "{\"id\": 1}"));

        client("ann:p%40ss@").idOf("s-value", SCHEMA);

        assertThat(requests.getFirst().authorization()).isEqualTo("Basic YW5uOnBAc3M="); // ann:p@ss
    }

    @Test
    void asksAgainAfterServerErrors() {
        answers.add(new Answer(503, "busy"));
        answers.add(new Answer(500, "{\"message\": \"busy\"}"));
        answers.add(new Answer(200, "{\"id\": 3}"));

        assertThat(client("").idOf("s-value", SCHEMA)).isEqualTo(3);

        assertThat(requests).hasSize(3);
    }

    @Test
    void aRefusalIsFinalAndSaysWhy() {
        answers.add(new Answer(409, "{\"error_code\": 409, \"message\": \"incompatible with version 2\"}"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> client("").idOf("s-value", SCHEMA))
                .withMessage(
                        "schema registry answered 409 to POST /subjects/s-value/versions: incompatible with version 2")
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(409));
        assertThat(requests).hasSize(1);
    }

    @Test
    void anUnknownIdIsUnknown() {
        answers.add(new Answer(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}"));

        assertThatExceptionOfType(UnknownSchemaException.class)
                .isThrownBy(() -> client("").schemaOf(9));
        assertThat(requests).hasSize(1);
    }

    @Test
    void aSchemaOfAnotherKindIsTheSendersFault() {
        answers.add(new Answer(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = \\\"proto3\\\";\"}"));

        assertThatExceptionOfType(UnknownSchemaException.class)
                .isThrownBy(() -> client("").schemaOf(9))
                .withMessage("schema id 9 is not an Avro schema");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"id\": \"x\"}", "{\"id\": 99999999999}", "{\"schema\": 5}"})
    void garbageIsTheRegistrysFault(String garbage) {
        answers.add(new Answer(200, garbage));
        answers.add(new Answer(200, garbage));
        var client = client("");

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> client.idOf("s-value", SCHEMA))
                .isNotInstanceOf(UnknownSchemaException.class);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> client.schemaOf(1))
                .isNotInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void aRegistryThatIsAwayIsNamedWithoutItsPassword() {
        var url = "http://ann:secret@localhost:" + http.getAddress().getPort();
        http.stop(0);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> new RegistryClient(URI.create(url)).schemaOf(1))
                .withMessageContaining("schema registry http://localhost:")
                .withMessageNotContaining("secret");
    }

    private RegistryClient client(String userInfo) {
        return new RegistryClient(URI.create(
                "http://" + userInfo + "localhost:" + http.getAddress().getPort() + "/"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            var answer = answers.remove();
            var body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
