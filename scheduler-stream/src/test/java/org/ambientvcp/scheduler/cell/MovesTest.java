package org.ambientvcp.scheduler.cell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellNode;
import org.ambientvcp.events.CellSplit;
import org.ambientvcp.events.FilteredNodes;
import org.ambientvcp.events.NodeArrival;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeMove;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Tick;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node leaves for another cell, and comes from one.
class MovesTest {
    private static final int HERE = CellRun.CELL;
    private static final int THERE = 5;

    private final CellRun run = new CellRun();
    private final CellRun other = new CellRun(THERE);

    @BeforeEach
    void eightCells() {
        run.apply(Samples.config().setCells(8).build());
        other.apply(Samples.config().setCells(8).build());
        run.apply(Samples.node("n1").build());
    }

    @Test
    void aNodeThatHoldsNothingGoesAtOnce() {
        run.now += 10;
        var effects = run.apply(move("n1", THERE));

        assertThat(run.nodes()).isEmpty();
        assertThat(effects.homes())
                .extracting(Output::value)
                .containsExactly(new NodeHome("n1", THERE, HERE, "operator", run.now));
        assertThat(effects.commands()).hasSize(1);
        assertThat(effects.commands().getFirst().cell()).isEqualTo(THERE);
        assertThat(arrival(effects).getLeaseMillis()).isEqualTo(1_000_000_000 - 10);
    }

    @Test
    void aBusyNodeGetsNoMoreWorkAndGoesWhenItsResultIsJudged() {
        run.apply(Samples.node("n1").setSlots(2).build());
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        assertThat(run.apply(move("n1", THERE)).commands()).isEmpty();
        assertThat(run.cell().summary().getMovingNodes()).isEqualTo(1);
        assertThat(run.cell().summary().getFreeSlots()).isZero();

        var waits = Told.status(run.apply(lastOffer("t2")));
        assertThat(waits.getWaiting()).containsExactly(new FilteredNodes("moving", 1));
        assertThat(waits.getReason()).isEqualTo("no node can take it yet: of 1 node 1 on their way to another cell");

        var judged = run.apply(Samples.returned(lease, "42"));
        assertThat(judged.commands()).as("its result is not judged yet").isEmpty();
        var gone = run.apply(Samples.honest(Told.job(judged)));

        assertThat(arrival(gone).getNode().getReputation().getAccepted()).isEqualTo(1);
        assertThat(arrival(gone).getNode().getBusySlots()).isZero();
        assertThat(requireNonNull(run.task("t2")).getState()).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void whereItArrivesItGetsWorkAndKeepsItsReputation() {
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        var judged = run.apply(Samples.returned(lease, "42"));
        run.apply(Samples.honest(Told.job(judged)));
        other.apply(lastOffer("t2"));

        var arrived = other.apply(arrival(run.apply(move("n1", THERE))));

        assertThat(Told.lease(arrived).getNodeId()).isEqualTo("n1");
        assertThat(Told.lease(arrived).getCell()).isEqualTo(THERE);
        assertThat(other.node("n1").getReputation().getAccepted()).isEqualTo(1);
    }

    @Test
    void afterTheDeadlineItsLeasesAreRevokedWithoutBlame() {
        var offered = run.apply(Samples.offer(Samples.task("t1").setMaxAttempts(1)));
        var lease = Told.lease(offered);
        run.apply(new NodeMove("n1", THERE, 500, "operator"));
        assertThat(run.cell().nextTimer()).hasValue(run.now + 500);

        run.now += 500;
        var revoked = run.apply(new Tick(1L));

        assertThat(Told.of(revoked, AssignmentKind.REVOKE).getFirst().getLeaseEpoch())
                .isEqualTo(lease.getLeaseEpoch());
        assertThat(arrival(revoked).getNode().getReputation().getFailed()).isZero();
        assertThat(requireNonNull(run.task("t1")).getState())
                .as("not the task's fault either")
                .isEqualTo(TaskState.QUEUED);
        assertThat(Told.status(revoked).getHistory()).containsExactly("attempt 1: its node n1 moves to cell 5");
    }

    @Test
    void commandsRepeatAndFollowTheNode() {
        Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        run.apply(move("n1", THERE));
        assertThat(run.apply(move("n1", THERE)).ignored()).isEqualTo(1);
        run.apply(move("n1", HERE));
        assertThat(run.node("n1").getMovingTo()).as("it stays").isEqualTo(-1);
        assertThat(run.apply(move("n1", HERE)).ignored()).isEqualTo(1);

        run.apply(Samples.node("n2").build());
        run.apply(move("n2", THERE));
        assertThat(run.apply(move("n2", THERE)).ignored()).as("it is there").isEqualTo(1);
        var follows = run.apply(move("n2", HERE)).commands().getFirst();

        assertThat(follows.cell()).isEqualTo(THERE);
        assertThat(follows.command().getBody()).isEqualTo(move("n2", HERE));
    }

    @Test
    void aNodeOnItsWayCanBeSentElsewhere() {
        var lease = Told.lease(run.apply(Samples.offer(Samples.task("t1"))));
        run.apply(move("n1", THERE));
        run.apply(move("n1", 6));

        var gone = run.apply(Samples.honest(Told.job(run.apply(Samples.returned(lease, "42")))));

        assertThat(gone.commands().getFirst().cell()).isEqualTo(6);
    }

    @Test
    void whatIsSaidOfItWhereItWasDoesNotBringItBack() {
        run.apply(move("n1", THERE));

        assertThat(run.apply(Samples.node("n1").build()).ignored()).isEqualTo(1);
        run.restart();
        assertThat(run.apply(Samples.node("n1").build()).ignored()).isEqualTo(1);
        assertThat(run.nodes()).isEmpty();

        run.apply(new NodeArrival(
                CellNode.newBuilder()
                        .setNode(Samples.node("n1").build())
                        .setLeaseExpiresAtEpochMillis(1)
                        .setBusySlots(0)
                        .setReputation(new Reputation("n1", 7L, 1L, 0L, 7L))
                        .build(),
                THERE,
                1_000,
                "operator"));
        assertThat(run.nodes()).hasSize(1);
        assertThat(run.apply(Samples.node("n1").build()).ignored()).isZero();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(Told.codes(run.apply(move("n9", THERE)))).containsExactly("unknown-node");
        assertThat(Told.codes(run.apply(move("n1", 8)))).containsExactly("out-of-range");
        assertThat(Told.codes(run.apply(move("n1", -1)))).containsExactly("out-of-range");
        assertThat(Told.codes(run.apply(new NodeMove("n1", THERE, -1, "operator"))))
                .containsExactly("out-of-range");
        assertThat(Told.codes(run.apply(split("s1", HERE, null)))).containsExactly("out-of-range");
        assertThat(Told.codes(run.apply(split("s1", 8, null)))).containsExactly("out-of-range");
    }

    @Test
    void aSplitSendsEverySecondLiveNodeOnce() {
        for (var id : List.of("n2", "n3", "n4", "n5"))
            run.apply(Samples.node(id).build());
        run.apply(Samples.node("n0").setLeaseMillis(0).build());
        run.apply(Samples.node("u1").setRegion("us").build());

        assertThat(run.apply(split("s1", THERE, "eu")).homes())
                .extracting(Output::key)
                .containsExactly("n2", "n4");
        assertThat(run.apply(split("s1", THERE, "eu")).ignored()).isEqualTo(1);
        run.restart();
        assertThat(run.apply(split("s1", THERE, "eu")).ignored()).isEqualTo(1);
        assertThat(run.apply(split("s2", 6, null)).homes())
                .extracting(Output::key)
                .containsExactly("n3", "u1");
    }

    /// Two cells have passed it on: it waits where it is.
    private static TaskOffer lastOffer(String taskId) {
        return new TaskOffer(Samples.task(taskId).build(), List.of(6, 7), 0L);
    }

    private static NodeMove move(String nodeId, int toCell) {
        return new NodeMove(nodeId, toCell, 0, "operator");
    }

    private static CellSplit split(String splitId, int toCell, @Nullable String region) {
        return new CellSplit(splitId, toCell, region, 0, "operator");
    }

    private static NodeArrival arrival(Effects effects) {
        return (NodeArrival) effects.commands().getFirst().command().getBody();
    }
}
