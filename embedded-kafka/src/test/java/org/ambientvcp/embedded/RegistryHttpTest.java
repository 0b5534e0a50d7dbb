package org.ambientvcp.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The REST interface over a store that applies changes at once instead of through Kafka.
class RegistryHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaStore store = new SchemaStore();
    private final HttpClient client = HttpClient.newHttpClient();
    private RegistryHttp http;

    @BeforeEach
    void start() throws IOException {
        http = new RegistryHttp(
                new RegistryRoutes(store, new RegistryRoutes.Writer() {
                    @Override
                    public synchronized <T> T write(Supplier<SchemaChange<T>> decide) {
                        var change = decide.get();
                        change.records().forEach(logged -> store.apply(logged.key(), logged.value()));
                        return change.answer();
                    }
                }),
                0);
        http.start();
        store.apply(
                LogRecord.schema("a b/c", 1, 1, "\"int\"").key(),
                LogRecord.schema("a b/c", 1, 1, "\"int\"").value());
    }

    @AfterEach
    void stop() {
        http.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        GET    | /                                           |  | {}
        GET    | /subjects                                   |  | ["a b/c"]
        GET    | /subjects?subjectPrefix=:*:                 |  | ["a b/c"]
        GET    | /subjects?subjectPrefix=b                   |  | []
        GET    | /subjects?deletedOnly=true                  |  | []
        GET    | /subjects/a%20b%2Fc/versions                |  | [1]
        GET    | /subjects/a%20b%2Fc/versions/1              |  | {"subject":"a b/c","version":1,"id":1,"schema":"\\"int\\""}
        GET    | /subjects/a%20b%2Fc/versions/latest         |  | {"subject":"a b/c","version":1,"id":1,"schema":"\\"int\\""}
        GET    | /subjects/a%20b%2Fc/versions/-1/schema      |  | "int"
        GET    | /subjects/a%20b%2Fc/versions/1/referencedby |  | []
        GET    | /schemas                                    |  | [{"subject":"a b/c","version":1,"id":1,"schema":"\\"int\\""}]
        GET    | /schemas/types                              |  | ["AVRO"]
        GET    | /schemas/ids/1?fetchMaxId=true              |  | {"schema":"\\"int\\"","maxId":1}
        GET    | /schemas/ids/1/schema                       |  | "int"
        GET    | /schemas/ids/1/subjects                     |  | ["a b/c"]
        GET    | /schemas/ids/1/versions                     |  | [{"subject":"a b/c","version":1}]
        GET    | /config                                     |  | {"compatibilityLevel":"BACKWARD"}
        GET    | /config/x?defaultToGlobal=true              |  | {"compatibilityLevel":"BACKWARD"}
        PUT    | /config/x | {"compatibility":"full"}           | {"compatibility":"FULL"}
        DELETE | /config                                     |  | {"compatibilityLevel":"BACKWARD"}
        GET    | /mode                                       |  | {"mode":"READWRITE"}
        GET    | /mode/x?defaultToGlobal=true                |  | {"mode":"READWRITE"}
        POST   | /subjects/x/versions | {"schema":"\\"long\\""} | {"id":2}
        POST   | /subjects/a%20b%2Fc  | {"schema":"\\"int\\""}  | {"subject":"a b/c","version":1,"id":1,"schema":"\\"int\\""}
        POST   | /compatibility/subjects/a%20b%2Fc/versions/1 | {"schema":"\\"long\\""}      | {"is_compatible":true}
        POST   | /compatibility/subjects/a%20b%2Fc/versions   | {"schema":"\\"string\\""}    | {"is_compatible":false}
        POST   | /compatibility/subjects/new/versions/latest  | {"schema":"\\"string\\""}    | {"is_compatible":true}
        DELETE | /subjects/a%20b%2Fc/versions/latest         |  | 1
        DELETE | /subjects/a%20b%2Fc                         |  | [1]
        """)
    void answersAsAConfluentRegistryDoes(String method, String path, String body, String answer) throws Exception {
        var response = send(method, path, body == null ? new byte[0] : body.getBytes(UTF_8));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
        assertThat(JSON.readTree(response.body())).isEqualTo(JSON.readTree(answer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        GET    | /nowhere                                |                                      | 404 | 404
        GET    | /subjects/a/b/c/d/e/f                   |                                      | 404 | 404
        PATCH  | /subjects                               |                                      | 405 | 405
        PUT    | /mode                                   | {"mode":"READONLY"}                  | 405 | 405
        GET    | /subjects/none/versions                 |                                      | 404 | 40401
        GET    | /subjects/none/versions/1               |                                      | 404 | 40401
        POST   | /subjects/none                          | {"schema":"\\"int\\""}               | 404 | 40401
        DELETE | /subjects/none                          |                                      | 404 | 40401
        DELETE | /subjects/none/versions/1               |                                      | 404 | 40401
        GET    | /subjects/a%20b%2Fc/versions/2          |                                      | 404 | 40402
        DELETE | /subjects/a%20b%2Fc/versions/2          |                                      | 404 | 40402
        POST   | /subjects/a%20b%2Fc                     | {"schema":"\\"long\\""}              | 404 | 40403
        GET    | /schemas/ids/99                         |                                      | 404 | 40403
        GET    | /schemas/ids/99999999999                |                                      | 404 | 404
        GET    | /schemas/ids/one                        |                                      | 404 | 404
        DELETE | /subjects/a%20b%2Fc?permanent=true      |                                      | 404 | 40405
        DELETE | /subjects/a%20b%2Fc/versions/1?permanent=true |                                | 404 | 40407
        GET    | /config/none                            |                                      | 404 | 40408
        GET    | /mode/none                              |                                      | 404 | 40409
        POST   | /subjects/a%20b%2Fc/versions            | {"schema":"\\"string\\""}            | 409 | 409
        POST   | /subjects/x/versions                    | {"schema":"{\\"type\\":\\"record\\"}"} | 422 | 42201
        POST   | /subjects/x/versions                    | {"schema":"int"}                     | 422 | 42201
        POST   | /subjects/x/versions                    | {"schema":""}                        | 422 | 42201
        POST   | /subjects/x/versions                    | {"schema":7}                         | 422 | 42201
        POST   | /subjects/x/versions                    | {}                                   | 422 | 42201
        POST   | /subjects/x/versions                    | {"schema":"\\"int\\"","schemaType":"PROTOBUF"} | 422 | 42201
        POST   | /subjects/x/versions                    | {"schema":"\\"int\\"","references":[{"name":"n","subject":"s","version":1}]} | 422 | 42201
        GET    | /subjects/a%20b%2Fc/versions/0          |                                      | 422 | 42202
        GET    | /subjects/a%20b%2Fc/versions/two        |                                      | 422 | 42202
        DELETE | /subjects/a%20b%2Fc/versions/2147483648 |                                      | 422 | 42202
        PUT    | /config                                 | {"compatibility":"SIDEWAYS"}         | 422 | 42203
        PUT    | /config                                 | {}                                   | 422 | 42203
        POST   | /subjects/x/versions                    | {"schema":"\\"int\\"","id":7}        | 422 | 42205
        POST   | /subjects/%0A/versions                  | {"schema":"\\"int\\""}               | 422 | 42208
        POST   | /subjects/x/versions                    |                                      | 400 | 400
        POST   | /subjects/x/versions                    | {"schema"                            | 400 | 400
        POST   | /subjects/x/versions                    | {} {}                                | 400 | 400
        POST   | /subjects/x/versions                    | []                                   | 400 | 400
        POST   | /subjects/x/versions                    | null                                 | 400 | 400
        """)
    void refusesWithTheErrorCodeOfAConfluentRegistry(String method, String path, String body, int status, int code)
            throws Exception {
        var response = send(method, path, body == null ? new byte[0] : body.getBytes(UTF_8));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(error(response).path("error_code").asInt()).isEqualTo(code);
        assertThat(error(response).path("message").asText()).isNotEmpty();
        assertThat(store.subjects(version -> true)).containsExactly("a b/c");
    }

    @Test
    void refusesABodyBeyondTheLimit() throws Exception {
        var response = send("POST", "/subjects/x/versions", new byte[RegistryHttp.MAX_BODY_BYTES + 1]);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response).path("error_code").asInt()).isEqualTo(413);
    }

    @Test
    void refusesBytesThatAreNoText() throws Exception {
        assertThat(send("POST", "/subjects/x/versions", new byte[] {'"', (byte) 0xff, '"'})
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesNestingWithoutEnd() throws Exception {
        var json = "[".repeat(200_000).getBytes(UTF_8);
        var schema = "{\\\"type\\\":\\\"array\\\",\\\"items\\\":".repeat(20_000);

        assertThat(send("POST", "/subjects/x/versions", json).statusCode()).isEqualTo(400);
        assertThat(send("POST", "/subjects/x/versions", ("{\"schema\":\"" + schema + "\"}").getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void anyBytesInPlaceOfASchemaAreTheClientsFault() throws Exception {
        var valid = "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":[\"null\",\"int\"],"
            + "\"default\":null},{\"name\":\"e\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"P\"]}}]}";
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder(valid);
            for (var changes = 1 + random.nextInt(4); changes > 0; changes--) {
                var at = random.nextInt(text.length());
                if (random.nextBoolean()) text.deleteCharAt(at);
                else text.setCharAt(at, "{}[]\",:7xn\\ ".charAt(random.nextInt(12)));
            }
            var body = JSON.createObjectNode().put("schema", text.toString());

            var response = send("POST", "/subjects/fuzzed" + seed + "/versions", JSON.writeValueAsBytes(body));

            assertThat(response.statusCode())
                    .as("seed %d: %s answered with %s", seed, text, response.body())
                    .isIn(200, 422);
        }
    }

    @ParameterizedTest
    @CsvSource({"/subjects/%zz/versions", "/subjects/%/versions", "/subjects?subjectPrefix=%zz"})
    void refusesAnAddressThatIsNotProperlyEncoded(String path) throws IOException {
        assertThat(rawStatus("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains(" 400 ");
    }

    @Test
    void survivesWhatIsNoHttp() throws Exception {
        rawStatus("\0\1\2\3 nonsense\r\n\r\n");

        assertThat(send("GET", "/subjects", new byte[0]).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> send(String method, String path, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static JsonNode error(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /// What the server answers first to these characters; nothing if it hangs up.
    private String rawStatus(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", http.port())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readNBytes(100), UTF_8);
        }
    }
}
