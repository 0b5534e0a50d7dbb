package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.it.SharedCluster.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Mallory signs results that are not what the program gave. Each way to check finds it, pays the honest nodes and
/// slashes her.
@ExtendWith(SharedCluster.class)
class CheatingIT {
    private final Client client;
    private final KafkaSide kafka;

    CheatingIT(Running cluster) {
        client = cluster.client();
        kafka = cluster.kafka();
    }

    @Test
    void spotCheckFindsTheCheaterAndAnotherNodeIsPaid() throws Exception {
        var mallory = client.nodeId("mallory");
        var disputes = disputes();

        // of the nodes with this capability mallory is the one with the shortest way
        var status = client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:5000']}, strategy: 'LATENCY_AWARE',"
                        + " verification: {level: 'SPOT_CHECK'}, requirements: {capabilities: ['budget']},"
                        + " rewardMicros: 10000");

        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
        assertThat(status.path("attempt").asInt()).isEqualTo(2);
        assertThat(status.path("history").toString()).contains("the evidence was refused");
        assertThat(status.path("result").path("values").path(0).asText()).isEqualTo("i32:669");
        assertThat(status.path("result").path("nodeName").asText()).isEqualTo("cedar");
        var taskId = status.path("taskId").asText();
        var books = Books.settled(kafka, taskId);
        assertThat(books.payments(taskId))
                .containsOnlyKeys(client.nodeId("cedar"))
                .containsValue(10_000L);
        assertSlashed(taskId, mallory, 5_000);
        Await.until("the dispute counts", this::disputes, now -> now == disputes + 1);
    }

    @Test
    void quorumFindsTheCheaterAndPaysTheOthers() throws Exception {
        var mallory = client.nodeId("mallory");
        var disputes = disputes();

        var status = client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:6000']},"
                        + " verification: {level: 'QUORUM', replicas: 4, quorum: 3}, rewardMicros: 10000");

        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
        assertThat(status.path("result").path("values").path(0).asText()).isEqualTo("i32:783");
        assertThat(status.path("replicas").findValuesAsText("nodeName"))
                .containsExactlyInAnyOrder("atlas", "borealis", "cedar", "mallory");
        assertThat(status.path("verdict").path("findings")).hasSize(1);
        assertThat(status.path("verdict")
                        .path("findings")
                        .path(0)
                        .path("nodeId")
                        .asText())
                .isEqualTo(mallory);
        assertThat(status.path("verdict").path("findings").path(0).path("kind").asText())
                .isEqualTo("REJECTED");
        var taskId = status.path("taskId").asText();
        var books = Books.settled(kafka, taskId);
        assertThat(books.payments(taskId))
                .containsOnlyKeys(client.nodeId("atlas"), client.nodeId("borealis"), client.nodeId("cedar"));
        assertThat(books.payments(taskId).values()).containsExactlyInAnyOrder(3_334L, 3_333L, 3_333L);
        assertSlashed(taskId, mallory, 5_000);
        Await.until("the dispute counts", this::disputes, now -> now == disputes + 1);
    }

    @Test
    void quorumCommitsBeforeItReveals() throws Exception {
        var status = client.run(
                "primes/primes.wasm",
                "entry: {function: 'count_primes', arguments: ['i32:7000']},"
                        + " verification: {level: 'QUORUM', replicas: 2, quorum: 2},"
                        + " requirements: {region: 'eu-north'}, rewardMicros: 1001");

        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
        var taskId = status.path("taskId").asText();
        var evidence = client.gateway().get("/v1/tasks/" + taskId + "/evidence");
        assertThat(evidence.path("commitments")).hasSize(2);
        assertThat(evidence.path("results")).hasSize(2);
        assertThat(Books.settled(kafka, taskId).payments(taskId).values()).containsExactlyInAnyOrder(501L, 500L);
    }

    private void assertSlashed(String taskId, String nodeId, long amountMicros) throws Exception {
        var books = Await.until(
                "the slash is in the ledger", () -> Books.read(kafka), now -> now.slashed(taskId, nodeId) != 0);
        assertThat(books.slashed(taskId, nodeId)).isEqualTo(amountMicros);
        assertThat(books.payments(taskId)).doesNotContainKey(nodeId);
    }

    private long disputes() throws Exception {
        return client.node("mallory").path("reputation").path("disputes").asLong();
    }
}
