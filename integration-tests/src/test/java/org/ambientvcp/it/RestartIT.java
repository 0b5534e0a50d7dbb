package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ambientvcp.events.TransferKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole system killed at work and started again on its data.
class RestartIT {
    private static final int TASKS = 100;
    private static final int DONE_BEFORE_THE_KILL = 10;
    private static final long REWARD_MICROS = 1_000;

    @Test
    void killInTheMiddleOfTasksLosesNothingAndPaysNothingTwice(@TempDir Path directory) throws Exception {
        var accepted = new ArrayList<String>();
        Set<String> doneBefore;
        try (var vcp = ForkedVcp.startDev(directory, 1)) {
            var state = vcp.dev(directory);
            var client = new Client(state.url(), state.apiKey());
            var task = client.task(
                    "primes/primes.wasm",
                    "entry: {function: 'count_primes', arguments: ['i32:300000']},"
                            + " verification: {level: 'SPOT_CHECK'}, maxAttempts: 10, limits: {wallMillis: 10000},"
                            + " rewardMicros: " + REWARD_MICROS);
            for (int number = 0; number < TASKS; number++)
                accepted.add(client.submit(task.deepCopy().put("taskId", "restart-" + number)));
            doneBefore = Await.until(
                    DONE_BEFORE_THE_KILL + " tasks are done",
                    () -> ended(client),
                    done -> done.size() >= DONE_BEFORE_THE_KILL);
            vcp.kill();
        }
        assertThat(doneBefore.size())
                .as("tasks done when the system was killed")
                .isLessThan(TASKS);

        try (var vcp = ForkedVcp.startDev(directory, 1)) {
            var state = vcp.dev(directory);
            var client = new Client(state.url(), state.apiKey());
            try (var kafka = new KafkaSide(state.bootstrapServers(), state.registryUrl())) {
                Await.until("all tasks are done", () -> ended(client), done -> done.containsAll(accepted));
                for (var taskId : accepted) assertDoneOnce(client.status(taskId));
                assertPaidOnce(kafka, accepted);
                Books.assertBalanced(kafka);
            }
        }
    }

    private static Set<String> ended(Client client) {
        var ended = new HashSet<String>();
        for (var status :
                client.gateway().get("/v1/tasks?state=ACCEPTED&limit=1000").path("tasks"))
            ended.add(status.path("taskId").asText());
        return ended;
    }

    private static void assertDoneOnce(JsonNode status) {
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
        assertThat(status.path("result").path("values").path(0).asText()).isEqualTo("i32:25997");
    }

    private static void assertPaidOnce(KafkaSide kafka, List<String> taskIds) throws Exception {
        for (var taskId : taskIds) Books.settled(kafka, taskId);
        var books = Books.read(kafka);
        for (var taskId : taskIds) {
            assertThat(books.of(taskId, TransferKind.HOLD)).as(taskId).hasSize(2);
            assertThat(books.of(taskId, TransferKind.PAY)).as(taskId).hasSize(2);
            assertThat(books.paid(taskId)).as(taskId).isEqualTo(REWARD_MICROS);
            assertThat(books.refunded(taskId)).as(taskId).isZero();
        }
    }
}
