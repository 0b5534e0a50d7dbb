package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.ambientvcp.cli.CommandFailure;
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
        var accepted = ConcurrentHashMap.<Integer>newKeySet();
        Set<String> doneBefore;
        try (var vcp = ForkedVcp.startDev(directory, 1)) {
            var state = vcp.dev(directory);
            var client = new Client(state.url(), state.apiKey());
            var submitter = Thread.startVirtualThread(() -> submitAll(client, accepted));
            doneBefore = Await.until(
                    DONE_BEFORE_THE_KILL + " tasks are done",
                    () -> done(client),
                    done -> done.size() >= DONE_BEFORE_THE_KILL);
            vcp.kill();
            submitter.join();
        }
        assertThat(doneBefore.size())
                .as("tasks done when the system was killed")
                .isLessThan(TASKS);

        try (var vcp = ForkedVcp.startDev(directory, 1)) {
            var state = vcp.dev(directory);
            var client = new Client(state.url(), state.apiKey());
            // what was refused or in doubt is sent again, and so is some of what was accepted: it is the same task
            accepted.remove(0);
            submitAll(client, accepted);
            try (var kafka = new KafkaSide(state.bootstrapServers(), state.registryUrl())) {
                Await.until("all tasks are done", () -> unfinished(client), List::isEmpty);
                for (int number = 0; number < TASKS; number++) assertDoneOnce(client.status(taskId(number)));
                assertPaidOnce(kafka);
                Books.assertBalanced(kafka);
            }
        }
    }

    private static String taskId(int number) {
        return "restart-" + number;
    }

    /// Submits what has not been accepted yet, until the gateway is gone.
    private static void submitAll(Client client, Set<Integer> accepted) {
        try {
            var task = client.task(
                    "primes/primes.wasm",
                    "entry: {function: 'count_primes', arguments: ['i32:100000']},"
                            + " verification: {level: 'SPOT_CHECK'}, maxAttempts: 10, limits: {wallMillis: 10000}");
            for (int number = 0; number < TASKS; number++) {
                if (accepted.contains(number)) continue;
                client.submit(task.deepCopy().put("taskId", taskId(number)));
                accepted.add(number);
            }
        } catch (CommandFailure gone) {
            // killed: the rest is submitted after the restart
        }
    }

    private static Set<String> done(Client client) {
        var done = new HashSet<String>();
        for (var status :
                client.gateway().get("/v1/tasks?state=ACCEPTED&limit=1000").path("tasks"))
            done.add(status.path("taskId").asText());
        return done;
    }

    /// Of each task that is not done, what its user sees.
    private static List<String> unfinished(Client client) {
        var done = done(client);
        return IntStream.range(0, TASKS)
                .mapToObj(RestartIT::taskId)
                .filter(taskId -> !done.contains(taskId))
                .map(taskId -> client.status(taskId).toString())
                .toList();
    }

    private static void assertDoneOnce(JsonNode status) {
        assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("ACCEPTED");
        assertThat(status.path("result").path("values").path(0).asText()).isEqualTo("i32:9592");
    }

    private static void assertPaidOnce(KafkaSide kafka) throws Exception {
        var books = Await.until(
                "all rewards are paid",
                () -> Books.read(kafka),
                now -> IntStream.range(0, TASKS).allMatch(number -> now.paid(taskId(number)) > 0));
        for (int number = 0; number < TASKS; number++) {
            var taskId = taskId(number);
            assertThat(books.of(taskId, TransferKind.HOLD)).as(taskId).hasSize(2);
            assertThat(books.of(taskId, TransferKind.PAY)).as(taskId).hasSize(2);
            assertThat(books.paid(taskId)).as(taskId).isEqualTo(REWARD_MICROS);
            assertThat(books.refunded(taskId)).as(taskId).isZero();
        }
    }
}
