package org.ambientvcp.worker;

import static org.ambientvcp.worker.Fixtures.completed;
import static org.ambientvcp.worker.Fixtures.execute;
import static org.ambientvcp.worker.Fixtures.identity;
import static org.ambientvcp.worker.Fixtures.lease;
import static org.ambientvcp.worker.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Topics;
import org.junit.jupiter.api.Test;

class LeasesIT extends NodeScenario {
    @Test
    void aCommittedResultIsShownOnlyWhenAskedFor() throws Exception {
        try (var _ = node(assignment -> completed("secret"))) {
            assign(execute(identity, task(taskId).build()).setCommitFirst(true).build());
            var commitment = commitments(1).getFirst();
            assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();

            assign(lease(AssignmentKind.REVEAL, identity, taskId).build());

            var result = result();
            assertThat(ResultDigest.commitment(Bytes.of(result.getSalt()), identity.id(), ResultDigest.of(result)))
                    .isEqualTo(commitment);
        }
    }

    @Test
    void aNodeRestartedBetweenCommitmentAndRevealStillReveals() throws Exception {
        try (var _ = node(assignment -> completed("secret"))) {
            assign(execute(identity, task(taskId).build()).setCommitFirst(true).build());
            commitments(1);
        }
        try (var _ = node(assignment -> completed("secret"))) {
            assertThat(List.copyOf(commitments(2)))
                    .hasSize(2)
                    .containsOnly(commitments(1).getFirst());

            assign(lease(AssignmentKind.REVEAL, identity, taskId).build());

            var result = result();
            assertThat(ResultDigest.commitment(Bytes.of(result.getSalt()), identity.id(), ResultDigest.of(result)))
                    .isEqualTo(commitments(1).getFirst());
        }
    }

    @Test
    void aNodeRestartedWhileItWorksDoesTheWorkAgain() throws Exception {
        var running = new CountDownLatch(1);
        try (var _ = node(assignment -> blockUntilInterrupted(running))) {
            assign(execute(identity, task(taskId).build()).build());
            running.await();
        }
        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();

        try (var _ = node(assignment -> completed("done"))) {
            assertThat(result().getOutcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void whatWasDoneBeforeARestartIsNotDoneAgain() throws Exception {
        var started = new CountDownLatch(1);
        try (var _ = node(assignment ->
                assignment.getTaskId().endsWith("-slow") ? blockUntilInterrupted(started) : completed("quick"))) {
            assign(execute(identity, task(taskId + "-slow").build()).build());
            started.await();
            assign(execute(identity, task(taskId).build()).build());
            result();
        }
        var again = new AtomicInteger();

        try (var _ = node(assignment -> {
            again.incrementAndGet();
            return completed("again");
        })) {
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-slow"));
        }

        assertThat(again).hasValue(1);
        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).hasSize(1);
    }

    @Test
    void aRepeatedAssignmentIsRunOnce() throws Exception {
        var runs = new AtomicInteger();
        try (var _ = node(assignment -> {
            runs.incrementAndGet();
            return completed("x");
        })) {
            var assignment = execute(identity, task(taskId).build()).build();
            assign(assignment);
            assign(assignment);
            result();
            assign(assignment);
            assign(execute(identity, task(taskId + "-last").build()).build());
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-last"));
        }

        assertThat(runs).hasValue(2);
        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).hasSize(1);
    }

    @Test
    void aRevokedLeaseIsStoppedAndGivesNothing() throws Exception {
        var running = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        try (var _ = node(assignment -> {
            if (!assignment.getTaskId().equals(taskId)) return completed("next");
            var run = blockUntilInterrupted(running);
            stopped.countDown();
            return run;
        })) {
            assign(execute(identity, task(taskId).build()).build());
            running.await();

            assign(lease(AssignmentKind.REVOKE, identity, taskId).build());

            stopped.await();
            assign(execute(identity, task(taskId + "-next").build()).build());
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-next"));
            assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();
        }
    }

    @Test
    void aLeaseThatIsOverIsNotStartedAndOneThatEndsIsStopped() throws Exception {
        var running = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var runs = new AtomicInteger();
        try (var _ = node(assignment -> {
            runs.incrementAndGet();
            var run = blockUntilInterrupted(running);
            stopped.countDown();
            return run;
        })) {
            var past = System.currentTimeMillis() - 5_000;
            assign(execute(identity, task(taskId + "-past").build())
                    .setLeaseExpiresAtEpochMillis(past)
                    .build());
            assign(execute(identity, task(taskId).build())
                    .setLeaseExpiresAtEpochMillis(System.currentTimeMillis() + 500)
                    .build());
            running.await();

            stopped.await();
        }

        assertThat(runs).hasValue(1);
        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();
    }

    @Test
    void neverRunsMoreThanItsSlots() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var bothIn = new CountDownLatch(2);
        try (var _ = node(assignment -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            bothIn.countDown();
            await(bothIn);
            now.decrementAndGet();
            return completed("x");
        })) {
            for (int i = 0; i < 20; i++)
                assign(execute(identity, task(taskId + "-" + i).build()).build());

            cluster.await(Topics.RESULTS, 20, event -> event.key().startsWith(taskId));
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void aFirstStartIgnoresWhatWasInTheLogBefore() throws Exception {
        assign(execute(identity, task(taskId).build()).build());

        try (var _ = node(assignment -> completed("x"))) {
            assign(execute(identity, task(taskId + "-new").build()).build());
            cluster.await(Topics.RESULTS, 1, event -> event.key().equals(taskId + "-new"));
        }

        assertThat(cluster.all(Topics.RESULTS, this::ofTask)).isEmpty();
    }
}
