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
        run.apply(Samples.config().setRetryBackoffMillis(0).build());
        var lease = Told.lease(afterOffer(Samples.node("n1")));

        assertWaitsBy("excluded", run.apply(Samples.nodeFailed(lease)));
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
