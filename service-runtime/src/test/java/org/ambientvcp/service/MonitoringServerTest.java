package org.ambientvcp.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitoringServerTest {
    private final ObservedService service = new ObservedService("intake");
    private final MonitoringServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    MonitoringServerTest() throws IOException {
        server = MonitoringServer.start(0, List.of(service));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void isLiveUntilItFails() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);

        service.failed = true;

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body())
                .isEqualTo(
                        "{\"status\":\"DOWN\",\"services\":[{\"name\":\"intake\",\"ready\":false,\"failed\":true}]}");
    }

    @Test
    void isReadyWhenItWorks() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);

        service.ready = true;

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void givesItsMetrics() throws Exception {
        service.metrics().counter("events").inc(5);

        var answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        assertThat(answer.body())
                .contains("events_total{service=\"intake\"} 5.0")
                .contains("jvm_memory_heap_used");
    }

    @Test
    void otherPathsAndHeadRequestsAreAnswered() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/favicon.ico").statusCode()).isEqualTo(404);
        var head = HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                .HEAD()
                .build();
        assertThat(http.send(head, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTakenPortIsNamed() {
        var port = URI.create(server.url()).getPort();

        assertThatIOException()
                .isThrownBy(() -> MonitoringServer.start(port, List.of()))
                .withMessage("VCP_HTTP_PORT " + port + " is taken by another process");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
