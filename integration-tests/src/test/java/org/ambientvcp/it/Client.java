package org.ambientvcp.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.ambientvcp.cli.GatewayClient;
import org.ambientvcp.cli.TaskWait;

/// What tests ask of a gateway. Thread-safe.
final class Client {
    /// JSON as tests write it: names without quotes, texts in single ones.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private static final long REWARD_MICROS = 1_000;
    private static final Map<String, String> MODULES = new ConcurrentHashMap<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String apiKey;
    private final GatewayClient gateway;

    /// @param apiKey "" = none
    Client(String url, String apiKey) {
        this.url = url;
        this.apiKey = apiKey;
        gateway = new GatewayClient(URI.create(url), apiKey.isEmpty() ? null : apiKey);
    }

    GatewayClient gateway() {
        return gateway;
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException bad) {
            throw new IllegalArgumentException(text, bad);
        }
    }

    /// Uploads an example program once for each gateway; its SHA-256.
    String module(String file) {
        return MODULES.computeIfAbsent(
                url + " " + file,
                missing -> gateway.post(
                                "/v1/modules?name=" + file.substring(file.indexOf('/') + 1),
                                "application/wasm",
                                Examples.read(file))
                        .path("sha256")
                        .asText());
    }

    /// A task request; for 1,000 micro-units unless it says otherwise.
    ///
    /// @param program file below `examples`
    /// @param fields of the request beside the module, without the outer braces
    ObjectNode task(String program, String fields) {
        var task = json("{" + fields + "}").put("moduleSha256", module(program));
        return task.has("rewardMicros") ? task : task.put("rewardMicros", REWARD_MICROS);
    }

    static ObjectNode withInput(ObjectNode task, byte[] input) {
        task.putObject("input").put("base64", Base64.getEncoder().encodeToString(input));
        return task;
    }

    /// Submits a task; its id.
    String submit(ObjectNode task) {
        return gateway.post("/v1/tasks", task).path("taskId").asText();
    }

    String submit(String program, String fields) {
        return submit(task(program, fields));
    }

    /// Submits a task and waits for its end; the last status.
    JsonNode run(ObjectNode task) throws Exception {
        return awaitEnd(submit(task));
    }

    JsonNode run(String program, String fields) throws Exception {
        return run(task(program, fields));
    }

    JsonNode awaitEnd(String taskId) throws Exception {
        return awaitStatus(taskId, "has ended", TaskWait::isEnd);
    }

    JsonNode awaitState(String taskId, String state) throws Exception {
        return awaitStatus(
                taskId, "is " + state, status -> status.path("state").asText().equals(state));
    }

    JsonNode awaitStatus(String taskId, String what, Predicate<JsonNode> holds) throws Exception {
        return Await.until("task " + taskId + " " + what, () -> status(taskId), holds);
    }

    /// The task's status; a missing node if there is none.
    JsonNode status(String taskId) {
        return gateway.find("/v1/tasks/" + taskId).orElseGet(() -> JSON.missingNode());
    }

    /// The node of this name, as the gateway shows it.
    JsonNode node(String name) throws Exception {
        return Await.until(
                "node " + name + " is known",
                () -> {
                    for (var node : gateway.get("/v1/nodes").path("nodes"))
                        if (node.path("registration").path("name").asText().equals(name)) return node;
                    return JSON.missingNode();
                },
                node -> !node.isMissingNode());
    }

    String nodeId(String name) throws Exception {
        return node(name).path("nodeId").asText();
    }

    /// A request as it is, for answers that are refusals.
    HttpResponse<String> http(String method, String path, String contentType, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofByteArray(body));
        if (!apiKey.isEmpty()) request.header("Authorization", "Bearer " + apiKey);
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
