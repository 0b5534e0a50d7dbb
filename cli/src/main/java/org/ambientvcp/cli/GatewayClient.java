package org.ambientvcp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.blob.BlobStores;
import org.jspecify.annotations.Nullable;

/// The gateway's REST API, as commands use it. Thread-safe. Every failure is a [CommandFailure] that says what the
/// gateway said.
public final class GatewayClient {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final int NOT_FOUND = 404;
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final @Nullable String apiKey;

    public GatewayClient(URI base, @Nullable String apiKey) {
        this.base = base;
        this.apiKey = apiKey;
    }

    public URI url() {
        return base;
    }

    /// The JSON behind a path.
    public JsonNode get(String path) {
        return json(send(request(path).GET()));
    }

    /// The JSON behind a path, or nothing if the gateway does not have it.
    public Optional<JsonNode> find(String path) {
        var response = sendOnce(request(path).GET());
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(json(accepted(response)));
    }

    public byte[] bytes(String path) {
        return send(request(path).GET()).body();
    }

    public JsonNode post(String path, JsonNode body) {
        return json(send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))));
    }

    public JsonNode put(String path, JsonNode body) {
        return json(send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body.toString()))));
    }

    public JsonNode post(String path, String contentType, byte[] body) {
        BodyPublisher publisher = BodyPublishers.ofByteArray(body);
        return json(send(request(path).header("Content-Type", contentType).POST(publisher)));
    }

    public void put(String path, byte[] body) {
        send(request(path).header("Content-Type", "application/octet-stream").PUT(BodyPublishers.ofByteArray(body)));
    }

    public JsonNode delete(String path) {
        return json(send(request(path).DELETE()));
    }

    /// The blobs behind the gateway; what is read is checked against its hash.
    BlobStore blobs() {
        return BlobStores.open(
                base.toString(),
                BlobStore.DEFAULT_MAX_BYTES,
                () -> apiKey == null ? Map.of() : Map.of("Authorization", "Bearer " + apiKey));
    }

    /// A path segment or query value.
    public static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        if (apiKey != null) request.header("Authorization", "Bearer " + apiKey);
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        return accepted(sendOnce(request));
    }

    private HttpResponse<byte[]> sendOnce(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException unreachable) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE, "The gateway at " + base + " cannot be reached: " + reason(unreachable));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNAVAILABLE, "Interrupted.");
        }
    }

    private static String reason(IOException unreachable) {
        return unreachable.getMessage() == null ? unreachable.getClass().getSimpleName() : unreachable.getMessage();
    }

    private HttpResponse<byte[]> accepted(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 == 2) return response;
        var code = response.statusCode() == NOT_FOUND ? ExitCode.FAILED : ExitCode.UNAVAILABLE;
        throw new CommandFailure(code, problem(response));
    }

    /// A problem+json (RFC 9457) as text; other bodies as they are.
    private static String problem(HttpResponse<byte[]> response) {
        var text = new String(response.body(), StandardCharsets.UTF_8);
        try {
            var problem = JSON.readTree(text);
            var errors = StreamSupport.stream(problem.path("errors").spliterator(), false)
                    .map(error -> "\n  " + error.path("field").asText() + " "
                            + error.path("message").asText())
                    .collect(Collectors.joining());
            if (problem.has("title"))
                return problem.path("title").asText() + " (" + response.statusCode() + "): "
                        + problem.path("detail").asText() + errors;
        } catch (JsonProcessingException notJson) {
            // the text itself is all there is
        }
        return "The gateway answered " + response.statusCode() + ": " + text;
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException notJson) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE, "The gateway did not answer with JSON: " + notJson.getMessage());
        }
    }
}
