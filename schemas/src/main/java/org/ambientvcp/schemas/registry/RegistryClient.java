package org.ambientvcp.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Thin client of Confluent's schema-registry REST API, cached for ever: ids and schemas never
/// change. User and password may stand in the URL (`http://user:password@host`). Thread-safe.
public final class RegistryClient implements SchemaRegistry {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 5;
    private static final Duration BACKOFF = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Registration(String subject, Schema schema) {}

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final @Nullable String authorization;
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    public RegistryClient(URI url) {
        var userInfo = url.getUserInfo();
        authorization = userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        base = url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + url.getRawPath().replaceAll("/+$", "");
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return ids.computeIfAbsent(new Registration(subject, schema), unknown -> {
            var path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
            var body = JSON.createObjectNode().put("schema", schema.toString());
            var id = call("POST", path, body.toString()).path("id");
            if (!id.isInt()) throw new RegistryException("POST " + base + path + " did not answer with an id", 0, null);
            return id.asInt();
        });
    }

    @Override
    public Schema schemaOf(int id) {
        return schemas.computeIfAbsent(id, unknown -> {
            var answer = fetch(id);
            if (!answer.path("schema").isTextual())
                throw new RegistryException("schema id " + id + " of " + base + " came without its text", 0, null);
            try {
                return new Schema.Parser().parse(answer.path("schema").asText());
            } catch (AvroRuntimeException
                    | StackOverflowError notAvro) { // others may register JSON Schema, Protobuf, …
                throw new UnknownSchemaException("schema id " + id + " is not an Avro schema", notAvro);
            }
        });
    }

    private JsonNode fetch(int id) {
        try {
            return call("GET", "/schemas/ids/" + id, null);
        } catch (RegistryException refused) {
            if (refused.status() == 404) throw new UnknownSchemaException(id);
            throw refused;
        }
    }

    private JsonNode call(String method, String path, @Nullable String body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Content-Type", MEDIA_TYPE)
                .header("Accept", MEDIA_TYPE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) request.header("Authorization", authorization);
        for (int attempt = 1; ; attempt++) {
            try {
                var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() / 100 == 2) return JSON.readTree(response.body());
                if (response.statusCode() < 500 || attempt == ATTEMPTS) throw refused(method, path, response);
            } catch (JsonProcessingException broken) {
                throw new RegistryException(method + " " + base + path + " did not answer with JSON", 0, broken);
            } catch (IOException unreachable) {
                if (attempt == ATTEMPTS)
                    throw new RegistryException(
                            "schema registry " + base + " cannot be reached: " + unreachable, 0, unreachable);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new RegistryException("interrupted while asking schema registry " + base, 0, stopped);
            }
            pause(attempt);
        }
    }

    private static RegistryException refused(String method, String path, HttpResponse<byte[]> response) {
        var text = new String(response.body(), StandardCharsets.UTF_8);
        String message;
        try {
            message = JSON.readTree(text).path("message").asText(text);
        } catch (JsonProcessingException notJson) {
            message = text;
        }
        return new RegistryException(
                "schema registry answered " + response.statusCode() + " to " + method + " " + path + ": " + message,
                response.statusCode(),
                null);
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(BACKOFF.multipliedBy(1L << attempt));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
