package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.it.SharedCluster.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A worker process that is killed while it holds leases.
@ExtendWith(SharedCluster.class)
class CrashIT {
    /// Ends by its gas after about a second of computing; only nodes with this capability may run it. Its lease is
    /// 15 s long.
    private static final String LONG = "entry: {function: 'run'}, limits: {gas: 60000000, wallMillis: 10000},"
            + " maxAttempts: 10, verification: {level: 'SIGNED'}, rewardMicros: 4000,"
            + " requirements: {capabilities: ['doomed']}";

    private final Running cluster;
    private final Client client;
    private final KafkaSide kafka;

    CrashIT(Running cluster) {
        this.cluster = cluster;
        client = cluster.client();
        kafka = cluster.kafka();
    }

    @Test
    void leasesOfAKilledWorkerExpireAndItsTasksAreDoneElsewhereAndPaidOnce(@TempDir Path directory) throws Exception {
        var state = cluster.cluster().state();
        var taskIds = new ArrayList<String>();
        try (var victim = ForkedVcp.start(
                directory.resolve("victim"),
                Map.of("VCP_BLOB_STORE", cluster.directory().resolve("blobs").toString()),
                "node",
                "start",
                "--bootstrap-servers",
                state.bootstrapServers(),
                "--registry",
                state.registryUrl(),
                "--name",
                "victim",
                "--owner",
                "victims-owner",
                "--capability",
                "doomed",
                "--slots",
                "2",
                "--node-dir",
                directory.resolve("victim-data").toString())) {
            for (int i = 0; i < 3; i++) taskIds.add(client.submit("hostile/infinite-loop.wasm", LONG));
            client.awaitState(taskIds.getFirst(), "LEASED");
            victim.requireAlive();
            victim.kill();
        }
        var victimId = client.nodeId("victim");
        var histories = new ArrayList<String>();

        try (var _ = ExtraNode.start(
                kafka, cluster.directory(), directory.resolve("heir"), "heir", Map.of("VCP_CAPABILITIES", "doomed"))) {
            for (var taskId : taskIds) {
                var status = client.awaitEnd(taskId);
                assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
                assertThat(status.path("result").path("nodeName").asText()).isEqualTo("heir");
                assertThat(status.path("result").path("outcome").asText()).isEqualTo("OUT_OF_GAS");
                histories.add(status.path("history").toString());
                var books = Books.settled(kafka, taskId);
                assertThat(books.of(taskId, TransferKind.PAY)).hasSize(2);
                assertThat(books.paid(taskId)).isEqualTo(4_000);
                assertThat(books.payments(taskId)).doesNotContainKey(victimId);
            }
        }
        assertThat(histories.getFirst()).contains("attempt 1: the lease of victim expired without a result");
    }
}
