package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.junit.jupiter.api.Test;

/// What a cell lets go of: nodes that are gone, and verifiers that never answer.
class ForgettingTest {
    private static final int FORGET_MILLIS = 5_000;

    private final CellRun run = new CellRun();

    @Test
    void aNodeIsForgottenWhenItsLeaseHasBeenOverForLongEnough() {
        forgetSoon();
        run.apply(node().setLeaseMillis(1_000).build());

        run.now += 1_000 + FORGET_MILLIS - 1;
        run.apply(new Tick(1L));
        assertThat(isKnown()).isTrue();
        assertThat(run.cell().nextTimer()).hasValue(run.now + 1);
        run.now += 1;
        run.apply(new Tick(2L));

        assertThat(isKnown()).isFalse();
        assertThat(run.cell().nextTimer()).isEmpty();
        assertThat(Told.status(run.apply(Samples.offer(Samples.task("t1")))).getReason())
                .isEqualTo("no node can take it yet: the cell has no nodes");
    }

    @Test
    void aNodeThatComesBackInTimeIsNotForgotten() {
        forgetSoon();
        run.apply(node().setLeaseMillis(1_000).build());
        run.now += 2_000;
        run.apply(node().setLeaseMillis(60_000).build());

        run.now += FORGET_MILLIS;
        run.apply(new Tick(1L));

        assertThat(isKnown()).isTrue();
    }

    @Test
    void aNodeWhoseResultAwaitsItsVerdictIsForgottenAfterIt() {
        forgetSoon();
        run.apply(node().setLeaseMillis(1_000).build());
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        var job = Told.job(run.apply(Samples.returned(lease, "42")));

        run.now += 2 * FORGET_MILLIS;
        run.apply(new Tick(1L));
        assertThat(isKnown()).isTrue();
        run.apply(Samples.honest(job));
        assertThat(run.node("n1").getReputation().getAccepted()).isEqualTo(1);
        run.apply(new Tick(2L));

        assertThat(isKnown()).isFalse();
    }

    @Test
    void aForgottenNodeBringsItsReputationBack() {
        forgetSoon();
        run.apply(node().setLeaseMillis(0).build());
        run.now += FORGET_MILLIS;
        run.apply(new Tick(1L));
        assertThat(isKnown()).isFalse();
        var reputation = new Reputation("n1", 12L, 3L, 1L, 4L);

        run.apply(node().setReputation(reputation).build());

        assertThat(run.node("n1").getReputation()).isEqualTo(reputation);
    }

    @Test
    void whatAnUpdateSaysOfTheReputationOfAKnownNodeDoesNotCount() {
        run.apply(node().build());

        run.apply(node().setReputation(new Reputation("n1", 12L, 3L, 1L, 4L)).build());

        assertThat(run.node("n1").getReputation().getAccepted()).isZero();
    }

    @Test
    void anotherNodesReputationIsRefused() {
        var refused = run.apply(
                node().setReputation(new Reputation("n2", 0L, 0L, 0L, 0L)).build());
        var negative = run.apply(
                node().setReputation(new Reputation("n1", -1L, 0L, 0L, 0L)).build());

        assertThat(Told.codes(refused)).containsExactly("out-of-range");
        assertThat(Told.codes(negative)).containsExactly("out-of-range");
        assertThat(isKnown()).isFalse();
    }

    @Test
    void anotherSpanHoldsForNodesThatAreGoneAlready() {
        run.apply(node().setLeaseMillis(0).build());
        forgetSoon();

        assertThat(run.cell().nextTimer()).hasValue(run.now + FORGET_MILLIS);
        run.restart();
        assertThat(run.cell().nextTimer()).hasValue(run.now + FORGET_MILLIS);
    }

    @Test
    void aJobThatNobodyAnswersEndsTheTaskAndRefundsIt() {
        run.apply(Samples.config()
                .setMaxVerificationJobs(3)
                .setVerificationTimeoutMillis(1_000)
                .build());
        run.apply(node().build());
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        run.apply(Samples.returned(lease, "42"));
        for (int repeat = 0; repeat < 2; repeat++) {
            run.now += 1_000;
            assertThat(run.apply(new Tick(1L)).verifications()).hasSize(1);
            run.restart();
        }

        run.now += 1_000;
        var ended = run.apply(new Tick(2L));

        assertThat(ended.verifications()).isEmpty();
        assertThat(Told.status(ended).getState()).isEqualTo(TaskState.FAILED);
        assertThat(Told.status(ended).getReason()).isEqualTo("no verifier has answered 3 jobs, the last after 1000 ms");
        assertThat(Told.settlements(ended).getFirst().getPayments()).isEmpty();
        assertThat(run.node("n1").getReputation().getFailed())
                .as("nobody is blamed")
                .isZero();
    }

    private void forgetSoon() {
        run.apply(Samples.config().setForgetNodesMillis(FORGET_MILLIS).build());
    }

    private boolean isKnown() {
        return run.snapshot().nodes().stream()
                .anyMatch(node -> node.getNode().getNodeId().equals("n1"));
    }

    private static NodeUpdate.Builder node() {
        return Samples.node("n1");
    }
}
