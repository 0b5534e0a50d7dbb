package org.ambientvcp.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.embedded.EmbeddedBroker;
import org.ambientvcp.embedded.EmbeddedRegistry;
import org.ambientvcp.gateway.keys.ApiKeys;
import org.ambientvcp.gateway.keys.Role;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.service.EventProducer;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A broker, a registry, a blob folder and a gateway with the keys of two tenants, an admin and a node.
public final class Running implements AutoCloseable {
    private static final long POLL_NANOS = 5_000_000;
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    static final ObjectMapper JSON = new ObjectMapper();

    public EmbeddedBroker broker;
    public final EmbeddedRegistry registry;
    public final KafkaConnection connection;
    public final BlobStore blobs;
    public final Gateway gateway;
    public final EventProducer producer;
    public final String acme;
    public final String zeta;
    public final String admin;
    public final String node;
    private final Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Running(Map<String, String> settings) throws Exception {
        folder = Files.createTempDirectory("vcp-gateway-it");
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0, Map.of());
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        connection = new KafkaConnection(
                broker.bootstrapServers(), Map.of(), new RegistryClient(URI.create(registry.url())));
        try (var admin = connection.admin()) {
            TopicAdmin.createMissing(admin, new TopicAdmin.Layout(4, 3, (short) 1), PATIENCE);
        }
        var keys = folder.resolve("keys");
        var random = new SecureRandom();
        acme = ApiKeys.create(keys, "acme-key", "acme", Set.of(Role.USER), random);
        zeta = ApiKeys.create(keys, "zeta-key", "zeta", Set.of(Role.USER), random);
        this.admin = ApiKeys.create(keys, "admin-key", "ops", Set.of(Role.ADMIN), random);
        node = ApiKeys.create(keys, "node-key", "ops", Set.of(Role.NODE), random);
        blobs = new DirectoryBlobStore(folder.resolve("blobs"));
        var all = new HashMap<>(Map.of("VCP_API_KEYS_FILE", keys.toString(), "VCP_GATEWAY_PORT", "0"));
        all.putAll(settings);
        producer = new EventProducer(connection, "test");
        gateway = Gateway.start(connection, blobs, GatewayConfig.from(new org.ambientvcp.service.Settings(all)));
        until(gateway::isReady);
    }

    /// Starts the broker again where it was, after it was closed.
    public void restartBroker() {
        var port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
        broker = EmbeddedBroker.start(folder.resolve("kafka"), port, Map.of());
    }

    /// An answer of the gateway.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Answer(int status, HttpHeaders headers, byte[] body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException notJson) {
                throw new AssertionError("not JSON: " + new String(body, UTF_8), notJson);
            }
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /// The problem's type without what all have in common.
        public String problem() {
            if (!header("Content-Type").equals("application/problem+json"))
                throw new AssertionError(status + " is no problem: " + new String(body, UTF_8));
            var json = json();
            if (json.path("status").asInt() != status) throw new AssertionError("another status in the body: " + json);
            return json.path("type").asText().replace("urn:vcp:problem:", "");
        }
    }

    public Answer get(String path, String key) {
        return send(request(path, key).GET());
    }

    public Answer post(String path, String key, String json) {
        return send(
                request(path, key).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public HttpRequest.Builder request(String path, String key) {
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + path)).timeout(PATIENCE);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /// Writes an event as a service would, and waits for the broker.
    public <V extends SpecificRecord> void write(Topic<V> topic, String key, V value) {
        producer.send(topic, key, value).join();
    }

    /// Waits until an answer is as wanted; the topics take their time.
    public Answer await(Supplier<Answer> asking, Predicate<Answer> wanted) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var answer = asking.get();
            if (wanted.test(answer)) return answer;
            if (System.nanoTime() > end)
                throw new AssertionError(
                        "the last answer was " + answer.status() + " " + new String(answer.body(), UTF_8));
        }
    }

    public static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within " + PATIENCE);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// A record as it is in the log.
    public record Logged<V>(String key, int partition, V value, Headers headers) {}

    /// Everything in a topic now.
    public <V extends SpecificRecord> List<Logged<V>> all(Topic<V> topic) {
        var serde = AvroSerde.of(topic, connection.registry());
        var found = new ArrayList<Logged<V>>();
        try (var consumer = new KafkaConsumer<>(
                connection.consumerProperties(), new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue()))
                for (var record : consumer.poll(Duration.ofMillis(100)))
                    found.add(new Logged<>(
                            record.key(),
                            record.partition(),
                            serde.deserialize(topic.name(), record.value()),
                            record.headers()));
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        producer.close();
        registry.close();
        broker.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
