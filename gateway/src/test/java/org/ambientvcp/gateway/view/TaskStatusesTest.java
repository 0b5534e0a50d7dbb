package org.ambientvcp.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.gateway.Samples;
import org.ambientvcp.gateway.view.TaskStatuses.Cursor;
import org.junit.jupiter.api.Test;

class TaskStatusesTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final TaskStatuses tasks = new TaskStatuses(3);

    @Test
    void theTaskUpdatedLongestAgoMakesRoom() {
        put("a", "acme", TaskState.QUEUED, 1);
        put("b", "acme", TaskState.QUEUED, 2);
        put("c", "acme", TaskState.QUEUED, 3);
        put("a", "acme", TaskState.LEASED, 4);

        put("d", "acme", TaskState.QUEUED, 5);

        assertThat(tasks.find("b", "acme")).isEmpty();
        assertThat(tasks.find("a", "acme")).map(TaskStatus::getState).contains(TaskState.LEASED);
        assertThat(tasks.size()).isEqualTo(3);
        assertThat(tasks.byState()).containsEntry(TaskState.QUEUED, 2L).containsEntry(TaskState.LEASED, 1L);
    }

    @Test
    void twoTenantsMayHaveATaskOfOneId() {
        put("a", "acme", TaskState.QUEUED, 1);
        put("a", "zeta", TaskState.FAILED, 2);

        assertThat(tasks.find("a", "acme")).map(TaskStatus::getState).contains(TaskState.QUEUED);
        assertThat(tasks.find("a", "zeta")).map(TaskStatus::getState).contains(TaskState.FAILED);
        assertThat(tasks.find("a")).map(TaskStatus::getTenant).contains("zeta");
        assertThat(tasks.find("A")).isEmpty();

        tasks.remove("acme/a");
        assertThat(tasks.find("a", "acme")).isEmpty();
        assertThat(tasks.find("a", "zeta")).isPresent();
        tasks.remove("a");
        tasks.remove("zeta/a");
        assertThat(tasks.size()).isZero();
        assertThat(tasks.byState().values()).containsOnly(0L);
    }

    @Test
    void pagesGoFromTheNewestToTheOldestWithoutHolesOrRepeats() {
        var many = new TaskStatuses(100);
        for (var i = 0; i < 25; i++)
            many.put(Samples.status("t" + i, i % 2 == 0 ? "acme" : "zeta", TaskState.QUEUED, i / 3));

        var seen = new ArrayList<String>();
        Cursor after = null;
        while (true) {
            var page = many.list(null, "acme", after, 4);
            page.forEach(status -> seen.add(status.getTaskId()));
            if (page.size() < 4) break;
            after = Cursor.of(page.getLast());
        }

        assertThat(seen).hasSize(13).doesNotHaveDuplicates().startsWith("t24").endsWith("t0");
        assertThat(many.list(TaskState.LEASED, null, null, 4)).isEmpty();
    }

    @Test
    void whoWaitsIsWokenByTheEnd() throws Exception {
        put("a", "acme", TaskState.QUEUED, 1);
        var waiting = await("a");

        put("a", "acme", TaskState.LEASED, 2);
        put("a", "acme", TaskState.ACCEPTED, 3);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).map(TaskStatus::getState).contains(TaskState.ACCEPTED);
        assertThat(tasks.waiters()).isZero();
    }

    @Test
    void whoWaitsForATaskThatIsNotThereYetIsWokenWhenItIs() throws Exception {
        var waiting = await("a");

        put("a", "acme", TaskState.REJECTED, 1);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isPresent();
    }

    @Test
    void theEndOfTheGatewayEndsAllWaiting() throws Exception {
        var waiting = await("a");

        tasks.stopWaiting();

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(tasks.await(new TaskStatuses.Id("b", "acme"), status -> true, LONG))
                .isEmpty();
    }

    @Test
    void aWaitThatIsOverGivesWhatThereIs() throws Exception {
        put("a", "acme", TaskState.QUEUED, 1);

        assertThat(tasks.await(new TaskStatuses.Id("a", "acme"), status -> false, Duration.ofMillis(1)))
                .map(TaskStatus::getState)
                .contains(TaskState.QUEUED);
        assertThat(tasks.waiters()).isZero();
    }

    private CompletableFuture<Optional<TaskStatus>> await(String id) throws Exception {
        var answer = new CompletableFuture<Optional<TaskStatus>>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(tasks.await(
                        new TaskStatuses.Id(id, "acme"), status -> TaskStatuses.isTerminal(status.getState()), LONG));
            } catch (InterruptedException unexpected) {
                answer.completeExceptionally(unexpected);
            }
        });
        while (tasks.waiters() == 0) Thread.onSpinWait();
        return answer;
    }

    private void put(String id, String tenant, TaskState state, long at) {
        tasks.put(Samples.status(id, tenant, state, at));
    }
}
