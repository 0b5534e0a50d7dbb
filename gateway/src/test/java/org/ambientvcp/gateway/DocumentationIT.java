package org.ambientvcp.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGateway.class)
class DocumentationIT {
    private final Running running;

    DocumentationIT(Running running) {
        this.running = running;
    }

    @Test
    void everyRouteIsInTheDocument() {
        var document = running.get("/openapi.json", "").json();
        var routes = new TreeSet<String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> routes.add(operation.getKey() + " " + path.getKey())));

        assertThat(document.path("openapi").asText()).startsWith("3.0");
        assertThat(document.at("/info/title").asText()).isEqualTo("Ambient VCP");
        assertThat(routes)
                .containsExactly(
                        "delete /v1/tasks/{id}",
                        "get /health/live",
                        "get /health/ready",
                        "get /metrics",
                        "get /v1/blobs/{sha256}",
                        "get /v1/cells",
                        "get /v1/dead-letters",
                        "get /v1/ledger/accounts",
                        "get /v1/ledger/accounts/{account}",
                        "get /v1/ledger/entries",
                        "get /v1/modules",
                        "get /v1/modules/{sha256}",
                        "get /v1/nodes",
                        "get /v1/nodes/{id}",
                        "get /v1/stats",
                        "get /v1/tasks",
                        "get /v1/tasks/{id}",
                        "get /v1/tasks/{id}/evidence",
                        "get /v1/tasks/{id}/output",
                        "get /v1/tenants",
                        "get /v1/tenants/{tenant}",
                        "get /v1/topics",
                        "head /v1/blobs/{sha256}",
                        "post /v1/cells/{cell}/split",
                        "post /v1/ledger/grants",
                        "post /v1/modules",
                        "post /v1/nodes/{id}/move",
                        "post /v1/tasks",
                        "put /v1/blobs/{sha256}",
                        "put /v1/tenants/{tenant}/quota");
    }

    @Test
    void everyRouteInTheDocumentAnswers() {
        var document = running.get("/openapi.json", "").json();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    var answer = running.send(running.request(path.getKey().replaceAll("[{}]", ""), "")
                            .method(operation.getKey().toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.noBody()));
                    assertThat(answer.status())
                            .as("%s %s", operation.getKey(), path.getKey())
                            .isEqualTo(path.getKey().startsWith("/v1/") ? 401 : 200);
                }));
    }

    @Test
    void everyReferenceInTheDocumentLeadsSomewhereAndNoShapeIsEmpty() {
        var document = running.get("/openapi.json", "").json();

        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
        assertThat(document.findValues("required")).noneMatch(names -> names.isArray() && names.isEmpty());
        for (var shape : document.at("/components/schemas").properties())
            assertThat(shape.getValue().has("properties")
                            || shape.getValue().has("enum")
                            || shape.getValue().has("description"))
                    .as(shape.getKey())
                    .isTrue();
        assertThat(document.at("/components/schemas/TaskRequest/required"))
                .extracting(JsonNode::asText)
                .containsExactly("moduleSha256", "entry", "rewardMicros");
        assertThat(document.at("/components/schemas/TaskState/enum")).hasSize(7);
    }

    @Test
    void theSwaggerPageFetchesNothingFromElsewhere() {
        var page = running.get("/swagger", "");
        var html = new String(page.body(), UTF_8);

        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self'")
                .contains("connect-src 'self'");
        assertThat(html).doesNotContain("http://").doesNotContain("https://");
        var links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(html);
        var count = 0;
        while (links.find()) {
            var answer = running.get(links.group(1), "");
            assertThat(answer.status()).as(links.group(1)).isEqualTo(200);
            assertThat(answer.body()).isNotEmpty();
            count++;
        }
        assertThat(count).isEqualTo(4);
    }

    @Test
    void healthAndMetricsNeedNoKey() {
        assertThat(running.get("/health/live", "").json().path("status").asText())
                .isEqualTo("UP");
        assertThat(running.get("/health/ready", "")
                        .json()
                        .at("/services/0/name")
                        .asText())
                .isEqualTo("gateway");
        running.get("/v1/tasks", running.acme);

        var metrics = new String(running.get("/metrics", "").body(), UTF_8);

        assertThat(metrics)
                .contains("http_requests_GET_v1_tasks")
                .contains("kafka_producer")
                .contains("jvm_memory");
    }
}
