package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.FilteredNodes;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.junit.jupiter.api.Test;

class QueueTest {
    private final CellRun run = new CellRun();

    @Test
    void aHigherPriorityGoesFirst() {
        offer("low", "acme", 0);
        offer("high", "acme", 4);
        offer("middle", "acme", 2);

        assertThat(servedInOrder()).containsExactly("high", "middle", "low");
    }

    @Test
    void tenantsTakeTurnsHoweverMuchOneOfThemQueues() {
        for (int task = 0; task < 6; task++) offer("a" + task, "acme", 2);
        for (int task = 0; task < 3; task++) offer("b" + task, "bravo", 2);

        assertThat(servedInOrder()).containsExactly("a0", "b0", "a1", "b1", "a2", "b2", "a3", "a4", "a5");
    }

    @Test
    void aTenantThatComesBackAgainAndAgainGetsItsTurnAndNoMore() {
        for (int task = 0; task < 6; task++) offer("b" + task, "bravo", 2);
        offer("a0", "acme", 2);
        var served = new ArrayList<String>();
        var effects = run.apply(Samples.node("n1").build());
        for (int turn = 0; turn < 6; turn++) {
            var lease = Told.lease(effects);
            served.add(lease.getTaskId());
            if (lease.getTaskId().startsWith("a")) offer("a" + (turn + 1), "acme", 2);
            effects = run.apply(Samples.returned(lease, "42"));
        }

        assertThat(served.stream().filter(id -> id.startsWith("b"))).hasSize(3);
    }

    @Test
    void aTaskThatNoNodeFitsDoesNotBlockTheOthers() {
        run.apply(Samples.offer(Samples.task("gpu")
                .setPriority(4)
                .setRequirements(Requirements.newBuilder()
                        .setCapabilities(List.of("gpu"))
                        .build())));
        offer("plain", "acme", 0);

        assertThat(servedInOrder()).containsExactly("plain");
    }

    @Test
    void aTaskThatWaitsIsToldWhenTheReasonChanges() {
        var first = Told.status(offer("t1", "acme", 2));
        assertThat(first.getReason()).isEqualTo("no node can take it yet: the cell has no nodes");

        var told = run.apply(Samples.node("n1").setSlots(1).setLeaseMillis(0).build());

        assertThat(Told.status(told).getWaiting()).containsExactly(new FilteredNodes("lease", 1));
        assertThat(Told.status(told).getReason())
                .isEqualTo("no node can take it yet: of 1 node 1 not heard of in time");
    }

    @Test
    void aCommandThatChangesNothingForTheWaitingTellsNothing() {
        run.apply(Samples.node("n1").build());
        offer("t0", "acme", 2);
        for (int task = 1; task < 2_000; task++) offer("t" + task, "tenant" + task % 7, 2);

        var renewal = run.apply(Samples.node("n1").build());

        assertThat(renewal.statuses()).isEmpty();
        assertThat(renewal.changes()).as("the node and the cell's time").hasSize(2);
        assertThat(run.apply(Samples.node("n2").setLeaseMillis(0).build()).statuses())
                .hasSize(Cell.TOLD);
    }

    @Test
    void theWaitingAreToldOfOtherReasonsOnceASecond() {
        run.apply(Samples.node("n1").setLeaseMillis(0).build());
        offer("t1", "acme", 2);

        assertThat(run.apply(Samples.node("n2").setLeaseMillis(0).build()).statuses())
                .hasSize(1);
        run.now += Cell.TELL_MILLIS - 1;
        assertThat(run.apply(Samples.node("n3").setLeaseMillis(0).build()).statuses())
                .isEmpty();
        run.now += 1;
        run.restart();
        assertThat(Told.status(run.apply(new Tick(1L))).getReason())
                .isEqualTo("no node can take it yet: of 3 nodes 3 not heard of in time");
    }

    @Test
    void tasksThatFailedOnTheFreeNodeDoNotBlockTheOthersOfTheirKind() {
        run.apply(Samples.config().setRetryBackoffMillis(0).build());
        run.apply(Samples.node("n1").setSlots(2).build());
        run.apply(Samples.node("n2").setLeaseMillis(0).build());
        var first = Told.lease(offer("t1", "acme", 2));
        run.apply(Samples.node("n2").build());
        offer("busy", "acme", 2);
        offer("busy2", "acme", 2);
        assertThat(run.node("n2").getBusySlots() + run.node("n1").getBusySlots())
                .isEqualTo(3);

        var failed = run.apply(Samples.nodeFailed(first));
        assertThat(Told.leases(failed)).as("it waits for n2").isEmpty();

        assertThat(Told.lease(offer("t2", "acme", 2)).getNodeId()).isEqualTo("n1");
    }

    @Test
    void aTenantMayAskForNodesInSoManyWaysAtOnce() {
        for (int kind = 0; kind < TaskQueue.MOST_KINDS; kind++) run.apply(Samples.offer(asking("t" + kind, kind)));

        var another = run.apply(Samples.offer(asking("t-another", TaskQueue.MOST_KINDS)));
        var known = run.apply(Samples.offer(asking("t-known", 3)));
        var stranger = run.apply(Samples.offer(asking("t-stranger", 999).setTenant("bravo")));

        assertThat(Told.status(another).getState()).isEqualTo(TaskState.FAILED);
        assertThat(Told.status(another).getReason()).contains("in 64 different ways");
        assertThat(Told.status(known).getState()).isEqualTo(TaskState.QUEUED);
        assertThat(Told.status(stranger).getState()).isEqualTo(TaskState.QUEUED);
    }

    private static Task.Builder asking(String id, int health) {
        return Samples.task(id)
                .setRequirements(
                        Requirements.newBuilder().setMinimumHealthPpm(health).build());
    }

    @Test
    void aFullQueueRefusesAndRefunds() {
        run.apply(Samples.config().setMaxQueuedTasks(1).build());
        offer("t1", "acme", 2);

        var effects = offer("t2", "acme", 2);

        assertThat(Told.status(effects).getState()).isEqualTo(TaskState.REJECTED);
        assertThat(Told.status(effects).getReason()).isEqualTo("queue full: 1 tasks wait in this cell");
        assertThat(Told.settlements(effects).getFirst().getPayments()).isEmpty();
        assertThat(Told.settlements(effects).getFirst().getRejected()).isTrue();
    }

    @Test
    void whatWasRefusedForWantOfRoomMayComeAgainUnderItsId() {
        run.apply(Samples.config().setMaxQueuedTasks(1).build());
        offer("t1", "acme", 2);
        offer("t2", "acme", 2);
        run.apply(new TaskCancel("t1", "acme", "test", "to make room"));

        assertThat(Told.status(offer("t2", "acme", 2)).getState()).isEqualTo(TaskState.QUEUED);
        assertThat(offer("t2", "acme", 2).ignored()).isEqualTo(1);
        assertThat(offer("t1", "acme", 2).ignored())
                .as("a cancelled one stays so")
                .isEqualTo(1);
    }

    @Test
    void aFullQueuePassesOnIfThereIsAnotherCell() {
        run.apply(Samples.config().setMaxQueuedTasks(0).setCells(2).build());

        var passed = Told.bodies(offer("t1", "acme", 2), PassOn.class).getFirst();

        assertThat(passed.getOffer().getPassedBy()).containsExactly(CellRun.CELL);
        assertThat(run.task("t1")).isNull();
    }

    @Test
    void whatNoNodeHereCouldEverServeIsPassedOnAtMostTwice() {
        run.apply(Samples.config().setCells(4).build());
        run.apply(Samples.node("n1").build());
        var task = Samples.task("t1")
                .setRequirements(Requirements.newBuilder().setRegion("us").build())
                .build();

        assertThat(passedOn(task, List.of())).isTrue();
        assertThat(passedOn(task, List.of(0))).isTrue();
        assertThat(passedOn(task, List.of(0, 1))).isFalse();
        assertThat(run.task("t1")).isNotNull();
    }

    @Test
    void busyNodesAreNoReasonToPassOn() {
        run.apply(Samples.config().setCells(4).build());
        run.apply(Samples.node("n1").build());
        offer("t1", "acme", 2);

        assertThat(passedOn(Samples.task("t2").build(), List.of())).isFalse();
    }

    @Test
    void aKnownTaskIsOfferedInVain() {
        offer("t1", "acme", 2);

        var again = offer("t1", "acme", 2);

        assertThat(again.ignored()).isEqualTo(1);
        assertThat(again.statuses()).isEmpty();
    }

    @Test
    void anotherTenantsIdIsRefusedAndRefunded() {
        offer("t1", "acme", 2);

        var taken = offer("t1", "bravo", 2);

        assertThat(Told.codes(taken)).containsExactly("task-id-taken");
        assertThat(taken.statuses()).singleElement().satisfies(status -> {
            assertThat(status.key()).isEqualTo("bravo/t1");
            assertThat(status.value().getState()).isEqualTo(TaskState.REJECTED);
            assertThat(status.value().getReason()).contains("another tenant's");
        });
        assertThat(Told.settlements(taken).getFirst().getTenant()).isEqualTo("bravo");
    }

    @Test
    void anImpossibleTaskIsRefusedWithEveryProblem() {
        var effects = run.apply(Samples.offer(Samples.task("t1").setPriority(99).setMaxAttempts(0)));

        assertThat(Told.codes(effects)).containsExactly("out-of-range");
        assertThat(effects.refusals().getFirst().reason()).contains("priority is not 0–4: 99", "maxAttempts");
    }

    private boolean passedOn(Task task, List<Integer> passedBy) {
        return !Told.bodies(run.apply(new TaskOffer(task, passedBy, 0L)), PassOn.class)
                .isEmpty();
    }

    private Effects offer(String id, String tenant, int priority) {
        return run.apply(Samples.offer(Samples.task(id).setTenant(tenant).setPriority(priority)));
    }

    /// Lets one node with one slot work off the queue.
    private List<String> servedInOrder() {
        var served = new ArrayList<String>();
        var effects = run.apply(Samples.node("n1").build());
        while (!Told.leases(effects).isEmpty()) {
            served.add(Told.lease(effects).getTaskId());
            effects = run.apply(Samples.returned(Told.lease(effects), "42"));
        }
        return served;
    }
}
