package org.ambientvcp.worker;

import static org.ambientvcp.worker.Fixtures.completed;
import static org.ambientvcp.worker.Fixtures.execute;
import static org.ambientvcp.worker.Fixtures.identity;
import static org.ambientvcp.worker.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.worker.Lease.Next;
import org.ambientvcp.worker.Lease.State;
import org.junit.jupiter.api.Test;

class LeaseTest {
    @Test
    void aResultWithoutCommitmentIsPublishedAtOnce() {
        var lease = lease(false);

        assertThat(lease.enter()).isTrue();
        assertThat(lease.completed(evidence(lease))).isEqualTo(Next.RESULT);
        assertThat(lease.state()).isEqualTo(State.PUBLISHING);
    }

    @Test
    void aCommittedResultWaitsForTheReveal() {
        var lease = lease(true);
        lease.enter();

        assertThat(lease.completed(evidence(lease))).isEqualTo(Next.COMMITMENT);
        assertThat(lease.reveal(9, 0)).isEqualTo(Next.RESULT);
        assertThat(lease.end()).containsExactly(5L, 9L);
    }

    @Test
    void aRevealThatComesBeforeTheResultIsRemembered() {
        var lease = lease(true);
        lease.enter();

        assertThat(lease.reveal(9, 0)).isEqualTo(Next.NOTHING);
        assertThat(lease.completed(evidence(lease))).isEqualTo(Next.RESULT);
    }

    @Test
    void aSecondRevealPublishesNothing() {
        var lease = lease(true);
        lease.enter();
        lease.completed(evidence(lease));
        lease.reveal(9, 0);

        assertThat(lease.reveal(12, 0)).isEqualTo(Next.NOTHING);
    }

    @Test
    void aRevealExtendsTheLease() {
        var lease = lease(true);
        var end = lease.assignment().getLeaseExpiresAtEpochMillis();

        lease.reveal(9, end + 100);

        assertThat(lease.isOver(end + 2_050, 2_000)).isFalse();
        assertThat(lease.isOver(end + 2_101, 2_000)).isTrue();
    }

    @Test
    void aNodeThatFailedCommitsToNothing() {
        var lease = lease(true);
        lease.enter();
        var failed = Evidence.of(
                identity(1),
                lease.assignment(),
                TaskRun.nodeFailed("no disk"),
                new TaskRun.Cost(0, 0, 0, 0, EnergySource.MODEL));

        assertThat(lease.completed(failed)).isEqualTo(Next.RESULT);
    }

    @Test
    void afterItsEndNothingIsPublished() {
        var lease = lease(false);
        lease.enter();
        lease.end();

        assertThat(lease.completed(evidence(lease))).isEqualTo(Next.NOTHING);
        assertThat(lease.reveal(9, 0)).isEqualTo(Next.NOTHING);
        assertThat(lease.end()).isEmpty();
    }

    @Test
    void aLeaseThatEndedWhileItWaitedIsNotStarted() {
        var lease = lease(false);
        lease.end();

        assertThat(lease.enter()).isFalse();
    }

    @Test
    void theEndInterruptsTheWork() throws InterruptedException {
        var lease = lease(false);
        var entered = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        var worker = Thread.ofPlatform().start(() -> {
            lease.enter();
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.set(true);
            }
        });
        entered.await();

        lease.end();

        worker.join();
        assertThat(interrupted).isTrue();
    }

    @Test
    void theEndDoesNotInterruptAThreadThatHasLeft() {
        var lease = lease(false);
        lease.enter();
        lease.leave();

        lease.end();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static Lease lease(boolean commitFirst) {
        var assignment = execute(identity(1), task("t1").build())
                .setCommitFirst(commitFirst)
                .setLeaseExpiresAtEpochMillis(1_000_000)
                .build();
        return new Lease(assignment, null, 5);
    }

    private static Evidence evidence(Lease lease) {
        var cost = new TaskRun.Cost(1, 2, 3, 4, EnergySource.MODEL);
        return Evidence.of(identity(1), lease.assignment(), completed("x"), cost);
    }
}
