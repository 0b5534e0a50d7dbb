package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.it.SharedCluster.Running;
import org.ambientvcp.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is asked for and cannot be had is refused with the reason, and costs nothing.
@ExtendWith(SharedCluster.class)
class RefusalIT {
    private static final String JSON = "application/json";

    private final Client client;
    private final KafkaSide kafka;

    RefusalIT(Running cluster) {
        client = cluster.client();
        kafka = cluster.kafka();
    }

    @Test
    void unknownModuleIsRefusedByTheGateway() throws Exception {
        var answer = post(
                "/v1/tasks",
                "{entry: {function: 'run'}, moduleSha256: '" + "ab".repeat(32)
                        + "', verification: {level: 'SIGNED'}, rewardMicros: 1}");

        assertProblem(answer, 422, "moduleSha256");
    }

    @Test
    void unknownInputIsRefusedByTheGateway() throws Exception {
        var task = client.task(
                "sha256/sha256.wasm",
                "entry: {function: 'digest'}, verification: {level: 'SIGNED'}, rewardMicros: 1," + " input: {sha256: '"
                        + "cd".repeat(32) + "'}");

        var answer = client.http("POST", "/v1/tasks", JSON, bytes(task));

        assertProblem(answer, 422, "input.sha256");
    }

    @Test
    void bodyOverTheLimitIsTooLarge() throws Exception {
        var task = Client.withInput(
                client.task("sha256/sha256.wasm", "entry: {function: 'digest'}, verification: {level: 'SIGNED'}"),
                new byte[4 << 20]);

        var answer = client.http("POST", "/v1/tasks", JSON, bytes(task));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    }

    @Test
    void wrongFieldsAreAllNamed() throws Exception {
        var task = client.task(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:10']}, priority: 7, maxAttempts: 99,"
                        + " verification: {level: 'QUORUM', replicas: 3, quorum: 1}, rewardMicros: 1");

        var answer = client.http("POST", "/v1/tasks", JSON, bytes(task));

        assertProblem(answer, 422, "verification.quorum");
        assertThat(answer.body()).contains("priority", "maxAttempts", "verification.quorum");
    }

    @Test
    void moduleThatIsNoWasmIsRefused() throws Exception {
        var answer = client.http("POST", "/v1/modules?name=junk", "application/wasm", new byte[] {1, 2, 3, 4});

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    }

    @Test
    void tenantWithoutFundsIsRejected() throws Exception {
        kafka.send(
                Topics.TASKS,
                "no-funds",
                KafkaTasks.primes("no-funds", "penniless", client.module("primes/primes.wasm"))
                        .build());

        var status = client.awaitEnd("no-funds");

        assertThat(status.path("state").asText()).isEqualTo("REJECTED");
        assertThat(status.path("reason").asText()).contains("the reward is 1000 micro-units", "penniless has 0");
    }

    @Test
    void quotaBoundsTasksInFlightAndOpensAgain() throws Exception {
        kafka.grant("funds-of-frugal", "tenant:frugal", 1_000_000);
        kafka.send(Topics.LEDGER_COMMANDS, "tenant:frugal", new LedgerCommand(new TenantQuota("frugal", 1)));
        var module = client.module("primes/primes.wasm");
        var nowhere = KafkaTasks.primes("quota-first", "frugal", module)
                .setRequirements(Requirements.newBuilder().setRegion("nowhere").build());
        kafka.send(Topics.TASKS, "quota-first", nowhere.build());
        client.awaitState("quota-first", "QUEUED");

        kafka.send(
                Topics.TASKS,
                "quota-second",
                KafkaTasks.primes("quota-second", "frugal", module).build());
        var second = client.awaitEnd("quota-second");
        client.gateway().delete("/v1/tasks/quota-first");
        client.awaitState("quota-first", "CANCELLED");
        Books.settled(kafka, "quota-first");
        kafka.send(
                Topics.TASKS,
                "quota-third",
                KafkaTasks.primes("quota-third", "frugal", module).build());
        var third = client.awaitEnd("quota-third");

        assertThat(second.path("state").asText()).isEqualTo("REJECTED");
        assertThat(second.path("reason").asText()).contains("has 1 tasks in flight, its quota is 1");
        assertThat(third.path("state").asText()).isEqualTo("ACCEPTED");
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return client.http("POST", path, JSON, bytes(Client.json(json)));
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String field) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(Client.json(answer.body()).path("errors").findValuesAsText("field"))
                .as(answer.body())
                .contains(field);
    }
}
