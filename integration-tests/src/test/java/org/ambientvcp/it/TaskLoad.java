package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Tasks from a producer outside, and what must be true of all of them: each accepted, by one attempt, and paid once.
/// Every fourth is run again by a verifier. One thread looks; another may submit.
final class TaskLoad implements AutoCloseable {
    /// A node that was killed is noticed when its lease ends: this and the cell's grace of 5 s.
    private static final int WALL_MILLIS = 5_000;

    private static final int ATTEMPTS = 10;
    private static final Duration SETTLED = Duration.ofMinutes(6);

    private final ComposeStack stack;
    private final String name;
    private final String module;
    private final TopicReader<TaskStatus> statuses;
    private final TopicReader<LedgerEntry> ledger;
    private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    private TaskLoad(ComposeStack stack, String name, String module, Runnable work) {
        this.stack = stack;
        this.name = name;
        this.module = module;
        statuses = new TopicReader<>(stack.kafka().connection(), Topics.TASK_STATUS);
        ledger = new TopicReader<>(stack.kafka().connection(), Topics.LEDGER);
        thread = Thread.ofPlatform().name("load").unstarted(work);
    }

    /// Submits this many at once and returns when the brokers have them.
    static TaskLoad burst(ComposeStack stack, String name, String module, int count) throws Exception {
        var load = new TaskLoad(stack, name, module, () -> {});
        for (var number = 0; number < count; number++) load.submit();
        return load;
    }

    /// Submits with a pause between two until it is closed.
    static TaskLoad steady(ComposeStack stack, String name, String module, Duration pause) {
        var loads = new ArrayList<TaskLoad>();
        var load = new TaskLoad(stack, name, module, () -> loads.getFirst().submitUntilClosed(pause));
        loads.add(load);
        load.thread.start();
        return load;
    }

    private void submitUntilClosed(Duration pause) {
        try {
            while (!closed) {
                submit();
                Thread.sleep(pause);
            }
        } catch (Exception stopped) { // whoever closes the load is told
            failure = stopped;
        }
    }

    private void submit() throws Exception {
        var number = ids.size();
        var id = name + "-" + number;
        stack.kafka()
                .send(
                        Topics.TASKS,
                        id,
                        KafkaTasks.primes(id, "default", module)
                                .setRequirements(Requirements.newBuilder().build())
                                .setLimits(Limits.newBuilder()
                                        .setWallMillis(WALL_MILLIS)
                                        .build())
                                .setMaxAttempts(ATTEMPTS)
                                .setVerification(Verification.newBuilder()
                                        .setLevel(
                                                number % 4 == 0
                                                        ? VerificationLevel.SPOT_CHECK
                                                        : VerificationLevel.SIGNED)
                                        .setSpotCheckPpm(1_000_000)
                                        .build())
                                .build());
        ids.add(id);
    }

    List<String> ids() {
        synchronized (ids) {
            return List.copyOf(ids);
        }
    }

    /// Waits until so many more tasks of this load have been accepted.
    void awaitProgress(int more) throws Exception {
        awaitAccepted(accepted().size() + more);
    }

    /// Waits until so many tasks of this load have been accepted in all.
    void awaitAccepted(int count) throws Exception {
        Await.until(
                SETTLED,
                count + " tasks of " + name + " are accepted",
                () -> accepted().size(),
                now -> now >= count);
    }

    private Set<String> accepted() {
        return endings().map(TaskStatus::getTaskId).collect(Collectors.toSet());
    }

    private Stream<TaskStatus> endings() {
        return statuses.all().stream()
                .map(Event::value)
                .filter(status -> status.getTaskId().startsWith(name + "-"))
                .filter(status -> status.getState() == TaskState.ACCEPTED);
    }

    private Books books() {
        return new Books(ledger.all().stream().map(Event::value).toList());
    }

    /// Stops, waits until every task has ended, checks that none was lost, failed or accepted twice.
    void assertAllAcceptedOnce() throws Exception {
        stop();
        if (failure != null) throw new AssertionError("tasks could not be submitted", failure);
        var submitted = new TreeSet<>(ids());
        Await.until(
                SETTLED,
                "all " + submitted.size() + " tasks of " + name + " are accepted",
                () -> {
                    var missing = new TreeSet<>(submitted);
                    missing.removeAll(accepted());
                    return missing;
                },
                Set::isEmpty);
        Await.until(SETTLED, "the rewards are settled", this::unpaid, Set::isEmpty);
        var books = books();
        var attempts = endings()
                .collect(Collectors.groupingBy(
                        TaskStatus::getTaskId, Collectors.mapping(TaskStatus::getAttempt, Collectors.toSet())));
        assertThat(submitted).allSatisfy(id -> {
            assertThat(attempts.get(id)).as("accepted attempts of " + id).hasSize(1);
            assertThat(books.of(id, TransferKind.HOLD)).as("holds of " + id).hasSize(2);
            assertThat(books.of(id, TransferKind.PAY)).as("payments for " + id).hasSize(2);
            assertThat(books.of(id, TransferKind.REFUND)).as("refunds of " + id).isEmpty();
            assertThat(books.paid(id)).as("paid for " + id).isEqualTo(1_000);
        });
        Books.assertBalanced(stack.kafka());
    }

    private Set<String> unpaid() {
        var books = books();
        return ids().stream().filter(id -> books.paid(id) == 0).collect(Collectors.toSet());
    }

    /// Nodes that were paid for a task of this load.
    Set<String> payees() {
        var books = books();
        var nodes = new HashSet<String>();
        for (var id : ids()) nodes.addAll(books.payments(id).keySet());
        return nodes;
    }

    private void stop() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        statuses.close();
        ledger.close();
    }
}
