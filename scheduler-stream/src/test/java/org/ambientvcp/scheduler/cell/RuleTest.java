package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.FilteredNodes;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskState;
import org.junit.jupiter.api.Test;

/// Each rule with one node that breaks it and nothing else.
class RuleTest {
    private final CellRun run = new CellRun();
    private final Task.Builder task = Samples.task("t1");

    @Test
    void aFreeNodeThatBreaksNoRuleGetsTheTask() {
        assertThat(Told.leases(afterOffer(Samples.node("n1")))).hasSize(1);
    }

    @Test
    void lease() {
        run.apply(Samples.node("n1").setLeaseMillis(100).build());
        run.now += 100;

        assertWaitsBy("lease", run.apply(Samples.offer(task)));
    }

    @Test
    void breaker() {
        assertWaitsBy("breaker", afterOffer(Samples.node("n1").setBreaker(Breaker.OPEN)));
    }

    @Test
    void region() {
        task.setRequirements(Requirements.newBuilder().setRegion("us").build());

        assertWaitsBy("region", afterOffer(Samples.node("n1")));
    }

    @Test
    void nodeType() {
        task.setRequirements(
                Requirements.newBuilder().setNodeType(NodeType.EDGE).build());

        assertWaitsBy("node-type", afterOffer(Samples.node("n1")));
    }

    @Test
    void capabilities() {
        task.setRequirements(Requirements.newBuilder()
                .setCapabilities(List.of("simd", "gpu"))
                .build());

        assertWaitsBy("capabilities", afterOffer(Samples.node("n1").setCapabilities(List.of("gpu"))));
    }

    @Test
    void health() {
        task.setRequirements(
                Requirements.newBuilder().setMinimumHealthPpm(500_001).build());

        assertWaitsBy("health", afterOffer(Samples.node("n1")));
    }

    @Test
    void slots() {
        run.apply(Samples.node("n1").build());
        run.apply(Samples.offer(Samples.task("t0")));

        assertWaitsBy("slots", run.apply(Samples.offer(task)));
    }

    @Test
    void owner() {
        run.apply(Samples.node("n1").setOwnerId("same").build());
        run.apply(Samples.node("n2").setOwnerId("same").build());
        run.apply(Samples.node("n3").build());

        var leases = Told.leases(run.apply(Samples.offer(task.setVerification(Samples.quorum(2, 2)))));

        assertThat(leases).hasSize(2);
        var second = leases.getLast().getExplanation();
        if (!leases.getFirst().getNodeId().equals("n3"))
            assertThat(second.getFiltered()).contains(new FilteredNodes("owner", 1));
        assertThat(leases.stream().map(lease -> lease.getNodeId().equals("n3")).filter(third -> third))
                .as("one owner has one replica")
                .hasSize(1);
    }

    @Test
    void excluded() {
        var waiting = failedByOneWhileTheOtherIsBusy();

        assertThat(Told.leases(waiting)).isEmpty();
        assertThat(Told.status(waiting).getWaiting())
                .containsExactly(new FilteredNodes("slots", 1), new FilteredNodes("excluded", 1));
    }

    @Test
    void aNodeThatFailedMayTryAgainWhenNobodyElseCould() {
        run.apply(Samples.config().setRetryBackoffMillis(0).build());
        var first = Told.lease(afterOffer(Samples.node("n1")));

        var second = Told.lease(run.apply(Samples.nodeFailed(first)));
        var third = Told.lease(run.apply(Samples.nodeFailed(second)));
        var ended = run.apply(Samples.nodeFailed(third));

        assertThat(second.getNodeId()).isEqualTo("n1");
        assertThat(Told.status(ended).getState()).isEqualTo(TaskState.FAILED);
        assertThat(Told.settlements(ended)).hasSize(1);
    }

    @Test
    void aNodeThatFailedMayTryAgainOnceTheOthersAreGone() {
        failedByOneWhileTheOtherIsBusy();

        var gone = run.apply(Samples.node("n2").setSlots(1).setLeaseMillis(0).build());

        assertThat(Told.lease(gone).getNodeId()).isEqualTo("n1");
    }

    /// t1 failed on n1 and could have n2 when that is done with its task.
    private Effects failedByOneWhileTheOtherIsBusy() {
        run.apply(Samples.config().setRetryBackoffMillis(0).build());
        var failing = Told.lease(afterOffer(Samples.node("n1").setSlots(1)));
        run.apply(Samples.node("n2").setSlots(1).build());
        run.apply(Samples.offer(Samples.task("busy")));
        return run.apply(Samples.nodeFailed(failing));
    }

    @Test
    void aNodeIsCountedUnderTheFirstRuleItBreaks() {
        task.setRequirements(Requirements.newBuilder().setRegion("us").build());

        assertWaitsBy("breaker", afterOffer(Samples.node("n1").setBreaker(Breaker.OPEN)));
    }

    private Effects afterOffer(NodeUpdate.Builder node) {
        run.apply(node.build());
        return run.apply(Samples.offer(task));
    }

    private static void assertWaitsBy(String rule, Effects effects) {
        assertThat(Told.leases(effects)).isEmpty();
        var status = Told.status(effects);
        assertThat(status.getState()).isEqualTo(TaskState.QUEUED);
        assertThat(status.getWaiting()).containsExactly(new FilteredNodes(rule, 1));
        assertThat(status.getReason()).startsWith("no node can take it yet: of 1 node 1 ");
    }
}
