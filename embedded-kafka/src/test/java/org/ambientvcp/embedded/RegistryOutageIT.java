package org.ambientvcp.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The registry while Kafka is away.
@Timeout(180)
class RegistryOutageIT {

    @TempDir
    Path data;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void answersReadsRefusesWritesAndGoesOnWhenKafkaIsBack() throws Exception {
        var broker = EmbeddedBroker.start(data, 0, Map.of());
        var port = Integer.parseInt(broker.bootstrapServers().split(":", -1)[1]);
        try (var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            assertThat(register(registry, "a", "int").body()).isEqualTo("{\"id\":1}");

            broker.close();

            assertThat(register(registry, "a", "int").body())
                    .as("already there")
                    .isEqualTo("{\"id\":1}");
            var refused = register(registry, "b", "long");
            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.body()).contains("\"error_code\":50001");
            assertThat(get(registry, "/subjects")).isEqualTo("[\"a\"]");

            broker = EmbeddedBroker.start(data, port, Map.of());

            var answer = register(registry, "b", "string");
            while (answer.statusCode() == 500) answer = register(registry, "b", "string"); // clients reconnect
            assertThat(answer.body()).isEqualTo("{\"id\":2}");
            assertThat(get(registry, "/schemas/ids/2")).isEqualTo("{\"schema\":\"\\\"string\\\"\"}");
        } finally {
            broker.close();
            client.close();
        }
    }

    private HttpResponse<String> register(EmbeddedRegistry registry, String subject, String type)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/" + subject + "/versions"))
                        .POST(BodyPublishers.ofString("{\"schema\":\"\\\"" + type + "\\\"\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private String get(EmbeddedRegistry registry, String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(registry.url() + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
