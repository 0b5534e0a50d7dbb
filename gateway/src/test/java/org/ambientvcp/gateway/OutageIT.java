package org.ambientvcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageIT {
    @TempDir
    Path folder;

    @Test
    void withoutKafkaItSaysSoAndGoesOnAfterwards() throws Exception {
        try (var running = new Running(Map.of())) {
            var module = running.blobs.put(BlobsAndModulesIT.MODULE);
            var task = "{\"moduleSha256\":\"%s\",\"entry\":{\"wasi\":[]},\"rewardMicros\":1}".formatted(module);
            assertThat(running.post("/v1/tasks", running.acme, task).status()).isEqualTo(202);

            running.broker.close();

            var submitted = running.post("/v1/tasks", running.acme, task);
            assertThat(submitted.status()).isEqualTo(503);
            assertThat(submitted.problem()).isEqualTo("unavailable");
            assertThat(submitted.header("Retry-After")).isNotEmpty();
            assertThat(running.get("/v1/dead-letters", running.admin).problem()).isEqualTo("unavailable");
            assertThat(running.get("/v1/tasks", running.acme).status()).isEqualTo(200);
            assertThat(running.get("/health/live", "").status()).isEqualTo(200);

            running.restartBroker();
            running.await(() -> running.post("/v1/tasks", running.acme, task), answer -> answer.status() == 202);
            running.write(
                    Topics.TASK_STATUS,
                    "after",
                    Samples.status("after", "acme", TaskState.QUEUED, System.currentTimeMillis()));
            assertThat(running.get("/v1/tasks/after?waitMillis=60000&seen=0", running.acme)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoAsksTooOftenWaits() throws Exception {
        try (var running = new Running(Map.of("VCP_RATE_LIMIT_PER_SECOND", "5"))) {
            var refused =
                    running.await(() -> running.get("/v1/topics", running.zeta), answer -> answer.status() != 200);

            assertThat(refused.problem()).isEqualTo("too-many-requests");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(running.get("/v1/topics", running.acme).status()).isEqualTo(200);
        }
    }

    @Test
    void beforeTheTopicsAreReadOnlyBlobsAndHealthAnswer() throws Exception {
        var nowhere = new KafkaConnection("127.0.0.1:1", Map.of(), SchemaRegistry.inMemory());
        var config = GatewayConfig.from(new Settings(Map.of("VCP_GATEWAY_PORT", "0")));
        try (var gateway = Gateway.start(nowhere, new DirectoryBlobStore(folder), config)) {
            assertThat(gateway.isReady()).isFalse();
            var client = new OpenClient(gateway);

            assertThat(client.status("/health/ready", "GET")).isEqualTo(503);
            assertThat(client.status("/health/live", "GET")).isEqualTo(200);
            assertThat(client.status("/v1/tasks", "GET")).isEqualTo(503);
            assertThat(client.status("/v1/blobs/" + Sha256.hex(new byte[0]), "PUT"))
                    .isEqualTo(201);
            assertThat(client.statusAs("evil.example", "/v1/blobs/" + Sha256.hex(new byte[0])))
                    .isEqualTo(421);
            assertThat(client.statusAs("localhost", "/v1/blobs/" + Sha256.hex(new byte[0])))
                    .isEqualTo(200);

            var taken = GatewayConfig.from(new Settings(Map.of("VCP_GATEWAY_PORT", "" + gateway.port())));
            assertThatThrownBy(() -> Gateway.start(nowhere, new DirectoryBlobStore(folder), taken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("VCP_GATEWAY_PORT " + gateway.port());
        }
    }

    /// Asks a gateway that has no keys.
    private record OpenClient(Gateway gateway) {
        int status(String path, String method) throws Exception {
            try (var http = HttpClient.newHttpClient()) {
                return http.send(
                                HttpRequest.newBuilder(URI.create(gateway.url() + path))
                                        .method(method, BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            }
        }

        /// With a Host header of one's own, as a browser would send that was misled by DNS.
        int statusAs(String host, String path) throws Exception {
            try (var socket = new Socket("127.0.0.1", gateway.port())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                return Integer.parseInt(answer.substring(9, 12));
            }
        }
    }
}
