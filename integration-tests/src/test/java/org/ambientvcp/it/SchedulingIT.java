package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.ambientvcp.it.SharedCluster.Running;
import org.ambientvcp.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that wait, end early, or are kept from a node.
@ExtendWith(SharedCluster.class)
class SchedulingIT {
    private static final String PRIMES =
            "entry: {function: 'count_primes', arguments: ['i32:1000']}, verification: {level: 'SIGNED'},"
                    + " rewardMicros: 2000, ";
    private static final String ENDLESS =
            "entry: {function: 'run'}, limits: {gas: 1000000000000000, wallMillis: 600000},"
                    + " verification: {level: 'SIGNED'}, rewardMicros: 2000, requirements: {region: 'eu-north'}";

    private final Running cluster;
    private final Client client;
    private final KafkaSide kafka;

    SchedulingIT(Running cluster) {
        this.cluster = cluster;
        client = cluster.client();
        kafka = cluster.kafka();
    }

    @Test
    void taskThatNoNodeCanServeSaysWhyAndIsServedWhenOneJoins(@TempDir Path directory) throws Exception {
        var taskId = client.submit("primes/primes.wasm", PRIMES + "requirements: {region: 'mars'}");
        var waiting = client.awaitStatus(
                taskId,
                "says for what it waits",
                status -> !status.path("waiting").isEmpty());
        assertThat(waiting.path("state").asText()).isEqualTo("QUEUED");
        assertThat(waiting.path("reason").asText()).contains("no node can take it yet", "outside region mars");
        assertThat(ruledOut(waiting, "region")).isPositive();

        try (var _ = ExtraNode.start(kafka, cluster.directory(), directory, "rover", Map.of("VCP_REGION", "mars"))) {
            var status = client.awaitEnd(taskId);

            assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
            assertThat(status.path("result").path("nodeName").asText()).isEqualTo("rover");
        }
    }

    @Test
    void nodeThatRunsHotGetsNothing() throws Exception {
        var ember = client.nodeId("ember");
        var taskId = client.submit("primes/primes.wasm", PRIMES + "requirements: {region: 'eu-south'}");

        var waiting = client.awaitStatus(taskId, "waits for the breaker", status -> ruledOut(status, "breaker") > 0);
        assertThat(waiting.path("reason").asText()).contains("1 in safe mode");
        client.gateway().delete("/v1/tasks/" + taskId);
        client.awaitState(taskId, "CANCELLED");

        assertThat(client.node("ember").path("health").path("breaker").asText()).isEqualTo("OPEN");
        assertThat(client.node("ember").path("health").path("breakerReason").asText())
                .contains("temperature");
        assertThat(kafka.read(Topics.ASSIGNMENTS))
                .noneMatch(event -> event.value().getNodeId().equals(ember));
    }

    @Test
    void queuedTaskCanBeCancelled() throws Exception {
        var taskId = client.submit("primes/primes.wasm", PRIMES + "requirements: {region: 'nowhere'}");
        client.awaitState(taskId, "QUEUED");

        client.gateway().delete("/v1/tasks/" + taskId + "?reason=changed%20my%20mind");

        var status = client.awaitEnd(taskId);
        assertThat(status.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(status.path("reason").asText()).contains("changed my mind");
        assertRefunded(taskId);
    }

    @Test
    void runningTaskCanBeCancelledAndItsSlotIsFreeAgain() throws Exception {
        // both slots of both nodes of the region
        var endless = new String[4];
        for (int i = 0; i < endless.length; i++) endless[i] = client.submit("hostile/infinite-loop.wasm", ENDLESS);
        for (var taskId : endless) client.awaitState(taskId, "LEASED");
        var next = client.submit("primes/primes.wasm", PRIMES + "requirements: {region: 'eu-north'}");
        client.awaitStatus(next, "waits for a slot", status -> ruledOut(status, "slots") == 2);

        for (var taskId : endless) client.gateway().delete("/v1/tasks/" + taskId);

        for (var taskId : endless) {
            client.awaitState(taskId, "CANCELLED");
            assertRefunded(taskId);
        }
        assertThat(client.awaitEnd(next).path("state").asText()).isEqualTo("ACCEPTED");
    }

    @Test
    void deadlineEndsATaskThatWaits() throws Exception {
        var task = client.task("primes/primes.wasm", PRIMES + "requirements: {region: 'nowhere'}")
                .put("deadlineEpochMillis", System.currentTimeMillis() + 2_000);

        var status = client.run(task);

        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("FAILED");
        assertThat(status.path("reason").asText()).contains("deadline");
        assertRefunded(status.path("taskId").asText());
    }

    @Test
    void deadlineEndsATaskThatRuns() throws Exception {
        var task = client.task("hostile/infinite-loop.wasm", ENDLESS)
                .put("deadlineEpochMillis", System.currentTimeMillis() + 4_000);

        var taskId = client.submit(task);
        client.awaitState(taskId, "LEASED");
        var status = client.awaitEnd(taskId);

        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("FAILED");
        assertThat(status.path("reason").asText()).contains("its deadline passed while it ran");
        assertRefunded(taskId);
    }

    @Test
    void runThatTakesTooLongIsTriedElsewhereAndThenFails() throws Exception {
        var status = client.run(
                "hostile/infinite-loop.wasm",
                "entry: {function: 'run'}, limits: {gas: 1000000000000000, wallMillis: 300}, maxAttempts: 2,"
                        + " verification: {level: 'SIGNED'}, rewardMicros: 2000, requirements: {region: 'eu-north'}");

        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("FAILED");
        assertThat(status.path("attempt").asInt()).isEqualTo(2);
        assertThat(status.path("history").toString()).contains("atlas", "borealis");
        assertRefunded(status.path("taskId").asText());
    }

    private void assertRefunded(String taskId) throws Exception {
        var books = Books.settled(kafka, taskId);
        assertThat(books.paid(taskId)).isZero();
        assertThat(books.refunded(taskId)).isEqualTo(2_000);
    }

    private static int ruledOut(JsonNode status, String rule) {
        return StreamSupport.stream(status.path("waiting").spliterator(), false)
                .filter(filtered -> filtered.path("rule").asText().equals(rule))
                .mapToInt(filtered -> filtered.path("nodes").asInt())
                .sum();
    }
}
