package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.VerificationJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuorumTest {
    private final CellRun run = new CellRun();

    @BeforeEach
    void threeNodes() {
        run.apply(Samples.config().setRetryBackoffMillis(0).build());
        for (int node = 1; node <= 3; node++) run.apply(Samples.node("n" + node).build());
    }

    @Test
    void replicasAreLeasedTogetherOrNotAtAll() {
        run.apply(Samples.offer(Samples.task("busy")));

        var waits = offer("t1");
        assertThat(waits.assignments()).isEmpty();
        assertThat(Told.status(waits).getReason())
                .isEqualTo("needs nodes of 3 distinct owners at once, 2 can take it: of 3 nodes 1 busy");

        assertThat(Told.leases(run.apply(Samples.node("n4").build()))).hasSize(3);
    }

    @Test
    void allCommitThenAllRevealThenAllArePaid() {
        var leases = Told.leases(offer("t1"));
        assertThat(leases).allMatch(Assignment::getCommitFirst);
        assertThat(run.apply(Samples.committed(leases.get(0), "42")).assignments())
                .isEmpty();
        assertThat(run.apply(Samples.committed(leases.get(1), "42")).assignments())
                .isEmpty();

        var reveals = Told.of(run.apply(Samples.committed(leases.get(2), "42")), AssignmentKind.REVEAL);
        assertThat(reveals).hasSize(3);
        run.apply(Samples.returned(leases.get(2), "42"));
        run.apply(Samples.returned(leases.get(0), "42"));
        var job = Told.job(run.apply(Samples.returned(leases.get(1), "42")));

        assertThat(job.getResults()).hasSize(3);
        assertThat(job.getQuorum()).isEqualTo(2);
        assertThat(job.getReplicas())
                .noneMatch(replica -> replica.getCommitment().isEmpty());
        var verdict = run.apply(Samples.honest(job));
        assertThat(Told.status(verdict).getState()).isEqualTo(TaskState.ACCEPTED);
        assertThat(Told.settlements(verdict).getFirst().getPayments())
                .containsExactly(new Payment("n1", 334L), new Payment("n2", 333L), new Payment("n3", 333L));
    }

    @Test
    void theCheatIsSlashedAndTheOthersSharePayment() {
        var leases = committed("42", "42", "43");

        var job = revealed(leases, "42", "42", "43");
        var verdict = run.apply(Samples.honest(job));

        var cheat = leases.get(2).getNodeId();
        assertThat(Told.slashes(verdict)).hasSize(1);
        assertThat(Told.slashes(verdict).getFirst().getNodeId()).isEqualTo(cheat);
        assertThat(Told.slashes(verdict).getFirst().getAmountMicros()).isEqualTo(500);
        assertThat(Told.settlements(verdict).getFirst().getPayments()).hasSize(2);
        assertThat(run.node(cheat).getReputation().getDisputes()).isEqualTo(1);
        assertThat(run.node(cheat).getReputation().getFailed()).isEqualTo(1);
    }

    @Test
    void aResultBeforeItIsAskedForIsRefused() {
        var leases = Told.leases(offer("t1"));

        assertThat(Told.codes(run.apply(Samples.returned(leases.getFirst(), "42"))))
                .containsExactly("stale-lease");
        run.apply(Samples.committed(leases.getFirst(), "42"));
        assertThat(Told.codes(run.apply(Samples.returned(leases.getFirst(), "42"))))
                .containsExactly("stale-lease");
    }

    @Test
    void aCopiedCommitmentIsRefused() {
        var leases = Told.leases(offer("t1"));
        var first = Samples.committed(leases.get(0), "42");
        run.apply(first);

        var copy = run.apply(new CommitmentReceived(
                "t1", leases.get(1).getNodeId(), 1, leases.get(1).getLeaseEpoch(), first.getCommitment()));

        assertThat(Told.codes(copy)).containsExactly("copied-commitment");
        assertThat(Objects.requireNonNull(run.task("t1")).getReplicas().get(1).getState())
                .isEqualTo("LEASED");
    }

    @Test
    void aRepeatedCommitmentIsPassedOverAndASecondOneRefused() {
        var lease = Told.leases(offer("t1")).getFirst();
        run.apply(Samples.committed(lease, "42"));

        assertThat(run.apply(Samples.committed(lease, "42")).ignored()).isEqualTo(1);
        assertThat(Told.codes(run.apply(Samples.committed(lease, "43")))).containsExactly("stale-lease");
        assertThat(Told.codes(run.apply(
                        new CommitmentReceived("t1", lease.getNodeId(), 1, lease.getLeaseEpoch(), "not a hash"))))
                .containsExactly("out-of-range");
    }

    @Test
    void whoNeverCommitsLosesTheLeaseAndTheOthersReveal() {
        var leases = Told.leases(offer("t1"));
        run.apply(Samples.committed(leases.get(0), "42"));
        run.apply(Samples.committed(leases.get(1), "42"));
        run.now = leases.get(2).getLeaseExpiresAtEpochMillis();

        var expired = run.apply(new Tick(0L));

        assertThat(Told.of(expired, AssignmentKind.REVOKE)).hasSize(1);
        assertThat(Told.of(expired, AssignmentKind.REVEAL))
                .hasSize(2)
                .allSatisfy(reveal -> assertThat(reveal.getLeaseExpiresAtEpochMillis())
                        .isEqualTo(run.now + CellSettings.DEFAULT.getLeaseGraceMillis()));
        assertThat(run.node(leases.get(2).getNodeId()).getReputation().getFailed())
                .isEqualTo(1);
        assertThat(run.node(leases.get(0).getNodeId()).getReputation().getFailed())
                .isZero();
    }

    @Test
    void aMissingRevealIsTheNodesFaultAndAQuorumGoesOn() {
        var leases = committed("42", "42", "42");
        run.apply(Samples.returned(leases.get(0), "42"));
        run.apply(Samples.returned(leases.get(1), "42"));
        run.now = leases.get(0).getLeaseExpiresAtEpochMillis() + CellSettings.DEFAULT.getLeaseGraceMillis();

        var expired = run.apply(new Tick(0L));

        var job = Told.job(expired);
        assertThat(job.getResults()).hasSize(2);
        assertThat(job.getReplicas())
                .as("with the commitment that was not kept")
                .hasSize(3);
        assertThat(run.node(leases.get(2).getNodeId()).getReputation().getFailed())
                .isEqualTo(1);
    }

    @Test
    void tooFewLeftEndsTheAttemptWithoutBlameForTheRest() {
        run.apply(Samples.config().setRetryBackoffMillis(100).build());
        var leases = Told.leases(offer("t1"));
        run.apply(Samples.nodeFailed(leases.get(0)));

        var second = run.apply(Samples.nodeFailed(leases.get(1)));

        assertThat(Told.of(second, AssignmentKind.REVOKE)).hasSize(1);
        assertThat(Told.status(second).getAttempt()).isEqualTo(2);
        assertThat(run.node(leases.get(2).getNodeId()).getReputation().getFailed())
                .isZero();
        assertThat(run.node(leases.get(2).getNodeId()).getBusySlots()).isZero();
    }

    @Test
    void noAgreementRaisesTheQuorumUntilThereIsNoMore() {
        run.apply(Samples.node("n4").build());
        var leases = committed("41", "42", "43");
        var raised = run.apply(Samples.honest(revealed(leases, "41", "42", "43")));

        assertThat(Told.leases(raised))
                .as("one more replica, the same nodes allowed")
                .hasSize(4);
        assertThat(run.task("t1"))
                .satisfies(task -> assertThat(task.getExcludedNodes()).isEmpty());
        assertThat(Told.settlements(raised)).isEmpty();
        run.apply(Samples.config().setMaxExtraReplicas(1).build());
        var again = Told.leases(raised);
        for (var lease : again) run.apply(Samples.committed(lease, "x" + lease.getNodeId()));
        Effects last = null;
        for (var lease : again) last = run.apply(Samples.returned(lease, "x" + lease.getNodeId()));
        var job = Told.job(Objects.requireNonNull(last));
        assertThat(job.getQuorum()).as("still more than half").isEqualTo(3);

        var given = run.apply(Samples.honest(job));

        assertThat(Told.status(given).getState()).isEqualTo(TaskState.FAILED);
        assertThat(Told.settlements(given).getFirst().getPayments()).isEmpty();
    }

    private Effects offer(String id) {
        return run.apply(Samples.offer(Samples.task(id).setVerification(Samples.quorum(3, 2))));
    }

    private List<Assignment> committed(String... answers) {
        var leases = Told.leases(offer("t1"));
        for (int replica = 0; replica < answers.length; replica++)
            run.apply(Samples.committed(leases.get(replica), answers[replica]));
        return leases;
    }

    private VerificationJob revealed(List<Assignment> leases, String... answers) {
        Effects last = null;
        for (int replica = 0; replica < answers.length; replica++)
            last = run.apply(Samples.returned(leases.get(replica), answers[replica]));
        return Told.job(Objects.requireNonNull(last));
    }
}
