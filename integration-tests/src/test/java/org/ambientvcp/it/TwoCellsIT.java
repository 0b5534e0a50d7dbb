package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeSet;
import org.ambientvcp.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two cells, each with nodes of its own.
class TwoCellsIT {
    private static final String PRIMES =
            "entry: {function: 'count_primes', arguments: ['i32:1000']}, verification: {level: 'SPOT_CHECK'},"
                    + " rewardMicros: 1000";

    @Test
    void tasksAreSpreadAndReachTheOneCellThatCanServeThem(@TempDir Path directory) throws Exception {
        try (var vcp = ForkedVcp.startDev(directory, 2)) {
            var state = vcp.dev(directory);
            var client = new Client(state.url(), state.apiKey());
            try (var kafka = new KafkaSide(state.bootstrapServers(), state.registryUrl())) {
                bothCellsServe(client);
                oneCellServes(client, kafka, directory);
                cancelReachesTheTasksCell(client);
                Books.assertBalanced(kafka);
                assertThat(kafka.read(Topics.DEAD_LETTERS))
                        .as("dead letters of honest work")
                        .isEmpty();
            }
            vcp.requireAlive();
        }
    }

    private static void bothCellsServe(Client client) throws Exception {
        var taskIds = new ArrayList<String>();
        for (int i = 0; i < 24; i++) taskIds.add(client.submit("primes/primes.wasm", PRIMES));

        var cells = new TreeSet<Integer>();
        for (var taskId : taskIds) {
            var status = client.awaitEnd(taskId);
            assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
            cells.add(status.path("cell").asInt());
        }

        assertThat(cells).containsExactly(0, 1);
    }

    /// However the router draws, a task for a kind of node that one cell has ends there.
    private static void oneCellServes(Client client, KafkaSide kafka, Path directory) throws Exception {
        try (var _ = ExtraNode.start(
                kafka,
                ForkedVcp.dataDirectory(directory),
                directory.resolve("rover"),
                "rover",
                Map.of("VCP_REGION", "mars", "VCP_CELL", "1"))) {
            Await.until(
                    "rover has a health score",
                    () -> client.node("rover"),
                    node -> node.path("health").isObject());
            var taskIds = new ArrayList<String>();
            for (int i = 0; i < 12; i++)
                taskIds.add(client.submit("primes/primes.wasm", PRIMES + ", requirements: {region: 'mars'}"));

            for (var taskId : taskIds) {
                var status = client.awaitEnd(taskId);
                assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
                assertThat(status.path("cell").asInt()).isEqualTo(1);
                assertThat(status.path("result").path("nodeName").asText()).isEqualTo("rover");
                assertThat(Books.settled(kafka, taskId).paid(taskId)).isEqualTo(1_000);
            }
        }
    }

    private static void cancelReachesTheTasksCell(Client client) throws Exception {
        for (int i = 0; i < 4; i++) {
            var taskId = client.submit("primes/primes.wasm", PRIMES + ", requirements: {region: 'nowhere'}");
            client.awaitState(taskId, "QUEUED");
            client.gateway().delete("/v1/tasks/" + taskId);
            client.awaitState(taskId, "CANCELLED");
        }
    }
}
