package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.events.VerificationJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final CellRun run = new CellRun();

    @BeforeEach
    void twoNodes() {
        run.apply(Samples.config().setRetryBackoffMillis(0).build());
        run.apply(Samples.node("n1").build());
        run.apply(Samples.node("n2").build());
    }

    @Test
    void anAcceptedResultIsPaidOnce() {
        var job = job("t1");

        var first = run.apply(Samples.honest(job));
        var second = run.apply(Samples.honest(job));

        assertThat(Told.status(first).getState()).isEqualTo(TaskState.ACCEPTED);
        var settlement = Told.settlements(first).getFirst();
        var node = settlement.getPayments().getFirst().getNodeId();
        assertThat(settlement.getPayments()).containsExactly(new Payment(node, 1_000L));
        assertThat(run.node(node).getReputation().getAccepted()).isEqualTo(1);
        assertThat(second.ignored()).isEqualTo(1);
        assertThat(second.ledger()).isEmpty();
    }

    @Test
    void aRefusedResultIsSlashedAndRunElsewhere() {
        var job = job("t1");
        var cheat = job.getReplicas().getFirst().getNodeId();

        var refused = run.apply(Samples.verdict(job, VerdictOutcome.REJECTED, FindingKind.REJECTED));

        assertThat(Told.slashes(refused).getFirst().getAmountMicros()).isEqualTo(500);
        assertThat(Told.settlements(refused)).isEmpty();
        assertThat(Told.lease(refused).getNodeId()).isNotEqualTo(cheat);
        assertThat(Told.status(refused).getHistory()).containsExactly("attempt 1: the evidence was refused: checked");
        assertThat(run.node(cheat).getReputation().getDisputes()).isEqualTo(1);
        assertThat(Told.codes(run.apply(Samples.honest(job))))
                .as("of the first attempt")
                .containsExactly("stale-lease");
    }

    @Test
    void aVerdictThatContradictsItselfIsVoidAndTheJobComesAgain() {
        var job = job("t1");
        var right = Samples.honest(job).getVerdict();

        var noFinding = run.apply(Samples.verdict(job, VerdictOutcome.ACCEPTED, List.of(), right.getResultDigest()));
        var wrongDigest = run.apply(new VerdictReceived(
                Verdict.newBuilder(right).setResultDigest("00").build()));
        run.now += CellSettings.DEFAULT.getVerificationTimeoutMillis();
        var again = run.apply(new Tick(0L));

        assertThat(Told.codes(noFinding)).containsExactly("inconsistent-verdict");
        assertThat(Told.codes(wrongDigest)).containsExactly("inconsistent-verdict");
        assertThat(Told.job(again)).isEqualTo(job);
        assertThat(again.statuses()).as("nothing that a user sees").isEmpty();
    }

    @Test
    void aVerdictOnAnUnknownTaskIsRefused() {
        var job = VerificationJob.newBuilder(job("t1")).setTaskId("t9").build();

        assertThat(Told.codes(run.apply(Samples.honest(job)))).containsExactly("unknown-task");
    }

    @Test
    void aForgottenTaskMayComeAgainAndARememberedOneNot() {
        run.apply(Samples.honest(job("t1")));
        assertThat(run.apply(Samples.offer(Samples.task("t1"))).ignored()).isEqualTo(1);

        run.now += CellSettings.DEFAULT.getRememberMillis();

        assertThat(Told.leases(run.apply(Samples.offer(Samples.task("t1"))))).hasSize(1);
    }

    @Test
    void aNewNodeIsAlwaysCheckedAndATrustedOneByTheDraw() {
        var first = job("t0");
        assertThat(first.getReexecute()).isTrue();
        assertThat(first.getReexecutePpm()).isEqualTo(1_000_000);
        run.apply(Samples.node("n2").setLeaseMillis(0).build());
        run.apply(Samples.honest(first));
        int checked = 0;
        for (int task = 1; task <= 600; task++) {
            var job = job("t" + task);
            if (task > 100 && job.getReexecute()) checked++;
            if (task == 600) assertThat(job.getReexecutePpm()).isEqualTo(20_000);
            run.apply(Samples.honest(job));
        }

        assertThat(checked).as("of 500, expected about 10").isBetween(2, 25);
    }

    @Test
    void theChanceOfACheckFallsWithTrustButNotBelowItsFloor() {
        assertThat(Draws.spotCheckPpm(100_000, 0)).isEqualTo(1_000_000);
        assertThat(Draws.spotCheckPpm(100_000, 9)).isEqualTo(1_000_000);
        assertThat(Draws.spotCheckPpm(100_000, 10)).isEqualTo(100_000);
        assertThat(Draws.spotCheckPpm(100_000, 20)).isEqualTo(50_000);
        assertThat(Draws.spotCheckPpm(100_000, Long.MAX_VALUE)).isEqualTo(20_000);
        assertThat(Draws.spotCheckPpm(1_000_000, 10)).isEqualTo(1_000_000);
    }

    @Test
    void sharesSumToTheReward() {
        assertThat(Settlement.shares(10, new TreeSet<>(List.of("c", "a", "b"))))
                .containsExactly(new Payment("a", 4L), new Payment("b", 3L), new Payment("c", 3L));
        assertThat(Settlement.shares(0, new TreeSet<>(List.of("a")))).containsExactly(new Payment("a", 0L));
        assertThat(Settlement.slash(1_000_000_000_000L, 100)).isEqualTo(1_000_000_000_000L);
        assertThat(Settlement.slash(999, 50)).isEqualTo(499);
    }

    @Test
    void aStatusShowsTheResultAndTheVerdict() {
        var job = job("t1");

        var status = Told.status(run.apply(Samples.honest(job)));

        assertThat(status.getResult().getResultDigest())
                .isEqualTo(Samples.honest(job).getVerdict().getResultDigest());
        assertThat(status.getVerdict().getReason()).isEqualTo("checked");
        assertThat(status.getReplicas()).hasSize(1);
        assertThat(status.getReplicas().getFirst().getState()).isEqualTo("RETURNED");
        assertThat(status.getFinishedAtEpochMillis()).isEqualTo(run.now);
    }

    private VerificationJob job(String id) {
        Assignment lease = Told.lease(run.apply(Samples.offer(Samples.task(id))));
        return Told.job(run.apply(Samples.returned(lease, "42")));
    }
}
