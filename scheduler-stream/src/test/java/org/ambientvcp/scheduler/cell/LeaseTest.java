package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.OptionalLong;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final long LEASE_MILLIS = (long) Samples.WALL_MILLIS + CellSettings.DEFAULT.getLeaseGraceMillis();
    private static final long BACKOFF_MILLIS = CellSettings.DEFAULT.getRetryBackoffMillis();

    private final CellRun run = new CellRun();

    @BeforeEach
    void twoNodes() {
        run.apply(Samples.node("n1").build());
        run.apply(Samples.node("n2").build());
    }

    @Test
    void aLeaseEndsWhenTheLogsTimeSaysSo() {
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        assertThat(lease.getLeaseExpiresAtEpochMillis()).isEqualTo(run.now + LEASE_MILLIS);
        assertThat(run.cell().nextTimer()).isEqualTo(OptionalLong.of(run.now + LEASE_MILLIS));

        run.now += LEASE_MILLIS - 1;
        assertThat(tick().assignments()).isEmpty();
        run.now += 1;
        var expired = tick();

        var revoked = Told.of(expired, AssignmentKind.REVOKE).getFirst();
        assertThat(revoked.getLeaseEpoch()).isEqualTo(lease.getLeaseEpoch());
        assertThat(Told.status(expired).getState()).isEqualTo(TaskState.QUEUED);
        assertThat(Told.status(expired).getHistory())
                .containsExactly("attempt 1: the lease of " + lease.getNodeId() + " expired without a result");
        assertThat(run.node(lease.getNodeId()).getReputation().getFailed()).isEqualTo(1);
        assertThat(run.node(lease.getNodeId()).getBusySlots()).isZero();
    }

    @Test
    void theNextAttemptWaitsAndGoesElsewhere() {
        var first = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        run.apply(Samples.nodeFailed(first));

        run.now += BACKOFF_MILLIS - 1;
        assertThat(tick().assignments()).isEmpty();
        run.now += 1;
        var second = Told.lease(tick());

        assertThat(second.getAttempt()).isEqualTo(2);
        assertThat(second.getNodeId()).isNotEqualTo(first.getNodeId());
        assertThat(second.getLeaseEpoch()).isGreaterThan(first.getLeaseEpoch());
    }

    @Test
    void backOffDoublesUpToItsMaximum() {
        run.apply(Samples.config()
                .setRetryBackoffMillis(100)
                .setRetryBackoffMaxMillis(250)
                .build());
        for (int node = 3; node < 7; node++) run.apply(Samples.node("n" + node).build());
        var effects = run.apply(Samples.offer(Samples.task("t1").setMaxAttempts(5)));

        for (var wait : new long[] {100, 200, 250, 250}) {
            run.apply(Samples.nodeFailed(Told.lease(effects)));
            assertThat(run.cell().nextTimer()).isEqualTo(OptionalLong.of(run.now + wait));
            run.now += wait;
            effects = tick();
        }
    }

    @Test
    void theLastAttemptEndsTheTaskAndRefunds() {
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1").setMaxAttempts(1))));

        var failed = run.apply(Samples.nodeFailed(lease));

        assertThat(Told.status(failed).getState()).isEqualTo(TaskState.FAILED);
        assertThat(Told.status(failed).getReason())
                .isEqualTo("given up after 1 attempt: " + lease.getNodeId() + " could not run it: blob missing");
        assertThat(Told.settlements(failed)).hasSize(1);
        assertThat(Told.settlements(failed).getFirst().getPayments()).isEmpty();
        assertThat(run.task("t1")).isNull();
    }

    @Test
    void aDeadlineEndsATaskThatWaitsAndOneThatRuns() {
        run.apply(Samples.offer(Samples.task("t1").setDeadlineEpochMillis(run.now + 50)));
        run.apply(Samples.offer(Samples.task("t2")));
        run.apply(Samples.offer(Samples.task("t3").setDeadlineEpochMillis(run.now + 50)));
        run.now += 50;

        var over = tick();

        assertThat(over.statuses())
                .extracting(status -> status.value().getState())
                .containsExactly(TaskState.FAILED, TaskState.FAILED);
        assertThat(over.statuses().getFirst().value().getReason()).isEqualTo("its deadline passed while it ran");
        assertThat(over.statuses().getLast().value().getReason()).isEqualTo("its deadline passed while it waited");
        assertThat(Told.of(over, AssignmentKind.REVOKE)).hasSize(1);
        assertThat(Told.settlements(over)).hasSize(2);
    }

    @Test
    void aTaskThatComesAfterItsDeadlineFailsAtOnce() {
        var effects = run.apply(Samples.offer(Samples.task("t1").setDeadlineEpochMillis(Long.MIN_VALUE)));

        assertThat(Told.status(effects).getState()).isEqualTo(TaskState.FAILED);
    }

    @Test
    void itsTenantCancelsATaskAndNobodyElse() {
        run.apply(Samples.offer(Samples.task("t1")));

        assertThat(Told.codes(run.apply(new TaskCancel("t1", "bravo", "eve", "spite"))))
                .containsExactly("wrong-tenant");
        var cancelled = run.apply(new TaskCancel("t1", "acme", "ann", "changed my mind"));

        assertThat(Told.status(cancelled).getState()).isEqualTo(TaskState.CANCELLED);
        assertThat(Told.status(cancelled).getReason()).isEqualTo("cancelled by ann: changed my mind");
        assertThat(Told.of(cancelled, AssignmentKind.REVOKE)).hasSize(1);
        assertThat(Told.settlements(cancelled).getFirst().getPayments()).isEmpty();
        assertThat(run.apply(new TaskCancel("t1", "acme", "ann", "again")).ignored())
                .isEqualTo(1);
    }

    @Test
    void aResultThatIsInCannotBeCancelled() {
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        run.apply(Samples.returned(lease, "42"));

        assertThat(Told.codes(run.apply(new TaskCancel("t1", "acme", "ann", "too dear"))))
                .containsExactly("too-late");
    }

    @Test
    void aResultOfAnEndedLeaseIsRefused() {
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        run.now += LEASE_MILLIS;

        var late = run.apply(Samples.returned(lease, "42"));

        assertThat(Told.codes(late)).containsExactly("stale-lease");
        assertThat(late.verifications()).isEmpty();
    }

    @Test
    void aResultOfAnotherEpochIsRefused() {
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        var forged = Assignment.newBuilder(lease)
                .setLeaseEpoch(lease.getLeaseEpoch() + 1)
                .build();

        assertThat(Told.codes(run.apply(Samples.returned(forged, "42")))).containsExactly("stale-lease");
        assertThat(Told.codes(run.apply(Samples.returned(
                        Assignment.newBuilder(lease).setTaskId("t9").build(), "42"))))
                .containsExactly("unknown-task");
    }

    @Test
    void aRepeatedResultIsPassedOverAndADifferentOneRefused() {
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        run.apply(Samples.returned(lease, "42"));

        assertThat(run.apply(Samples.returned(lease, "42")).ignored()).isEqualTo(1);
        assertThat(Told.codes(run.apply(Samples.returned(lease, "43")))).containsExactly("stale-lease");
    }

    @Test
    void aNodeThatIsHalfOpenGetsOneProbe() {
        run.apply(Samples.node("n2").setBreaker(Breaker.OPEN).build());
        run.apply(Samples.node("n1").setBreaker(Breaker.HALF_OPEN).setSlots(4).build());

        var probe = Told.leases(run.apply(Samples.offer(Samples.task("t1"))));
        var second = run.apply(Samples.offer(Samples.task("t2")));

        assertThat(probe).hasSize(1);
        assertThat(second.assignments()).isEmpty();
        assertThat(run.node("n1").getProbing()).isTrue();
        var job = Told.job(run.apply(Samples.returned(probe.getFirst(), "42")));
        assertThat(run.node("n1").getProbing()).as("until the verdict is known").isTrue();
        run.apply(Samples.honest(job));
        assertThat(Objects.requireNonNull(run.task("t2")).getState()).isEqualTo(TaskState.LEASED);
    }

    @Test
    void timeNeverGoesBack() {
        run.apply(Samples.offer(Samples.task("t1")));
        run.now += LEASE_MILLIS;
        tick();
        run.now -= 10 * LEASE_MILLIS;

        var offered = run.apply(Samples.offer(Samples.task("t2")));

        assertThat(Told.status(offered).getUpdatedAtEpochMillis()).isEqualTo(CellRun.START + LEASE_MILLIS);
    }

    private Effects tick() {
        return run.apply(new Tick(0L));
    }
}
