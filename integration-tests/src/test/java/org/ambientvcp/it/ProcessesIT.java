package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ambientvcp.embedded.EmbeddedBroker;
import org.ambientvcp.embedded.EmbeddedRegistry;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.signing.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each service as a process of its own, with nothing but environment variables.
class ProcessesIT {
    private static final int SECONDS_TO_END = 10;

    @Test
    void servicesRunApartAndEndInOrderOnSigterm(@TempDir Path directory) throws Exception {
        var verifierKey = directory.resolve("proof-verifier/data/node.key");
        var verifier = Identity.loadOrCreate(verifierKey, new SecureRandom());
        var services = new LinkedHashMap<String, ForkedVcp>();
        try (var broker = EmbeddedBroker.start(directory.resolve("kafka"), 0, Map.of());
                var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
                var kafka = new KafkaSide(broker.bootstrapServers(), registry.url())) {
            try (var admin = kafka.connection().admin()) {
                TopicAdmin.createMissing(admin, new TopicAdmin.Layout(1, 2, (short) 1), Duration.ofSeconds(60));
            }
            var gatewayPort = freePort();
            var ports = new HashMap<String, Integer>();
            try {
                for (var service : new String[] {
                    "gateway", "telemetry-ingest", "scheduler-stream", "proof-verifier", "executor-worker"
                }) {
                    var settings = new HashMap<String, String>();
                    settings.put("VCP_BOOTSTRAP_SERVERS", broker.bootstrapServers());
                    settings.put("VCP_SCHEMA_REGISTRY_URL", registry.url());
                    settings.put("VCP_BLOB_STORE", directory.resolve("blobs").toString());
                    settings.put(
                            "VCP_STATE_DIR",
                            directory.resolve(service + "/state").toString());
                    settings.put(
                            "VCP_DATA_DIR", directory.resolve(service + "/data").toString());
                    ports.put(service, freePort());
                    settings.put("VCP_HTTP_PORT", ports.get(service).toString());
                    switch (service) {
                        case "gateway" -> settings.put("VCP_GATEWAY_PORT", Integer.toString(gatewayPort));
                        case "scheduler-stream" -> settings.put("VCP_TRUSTED_VERIFIERS", verifier.id());
                        case "executor-worker", "proof-verifier" -> {
                            settings.put("VCP_NODE_NAME", service + "-apart");
                            settings.put("VCP_OWNER", "somebody");
                        }
                        default -> {}
                    }
                    services.put(service, ForkedVcp.start(directory.resolve(service), settings, "start", service));
                }
                awaitReady(services, ports);
                oneTaskIsDone(new Client("http://127.0.0.1:" + gatewayPort, ""), kafka);

                var exitCodes = new LinkedHashMap<String, Integer>();
                for (var service : services.entrySet())
                    exitCodes.put(service.getKey(), service.getValue().terminate(SECONDS_TO_END));

                assertThat(exitCodes)
                        .allSatisfy(
                                (service, code) -> assertThat(code).as(service).isZero());
            } finally {
                for (var service : services.values()) service.close();
            }
        }
    }

    private static void oneTaskIsDone(Client client, KafkaSide kafka) throws Exception {
        kafka.grant("funds-of-default", "tenant:default", 1_000_000);
        var status = client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:100000']}, verification: {level: 'SPOT_CHECK'},"
                        + " rewardMicros: 1000");

        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
        assertThat(status.path("result").path("values").path(0).asText()).isEqualTo("i32:9592");
        assertThat(status.path("result").path("nodeName").asText()).isEqualTo("executor-worker-apart");
        var taskId = status.path("taskId").asText();
        assertThat(Books.settled(kafka, taskId).paid(taskId)).isEqualTo(1_000);
        Books.assertBalanced(kafka);
    }

    /// Every process says by HTTP that it does its work.
    private static void awaitReady(Map<String, ForkedVcp> services, Map<String, Integer> ports) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            for (var service : services.entrySet()) {
                var url = URI.create("http://127.0.0.1:" + ports.get(service.getKey()) + "/health/ready");
                Await.until(
                        service.getKey() + " is ready",
                        () -> {
                            service.getValue().requireAlive();
                            return status(http, url);
                        },
                        status -> status == 200);
            }
        }
    }

    private static int status(HttpClient http, URI url) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
