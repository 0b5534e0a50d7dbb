package org.ambientvcp.telemetry.update;

import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.telemetry.health.Health;
import org.ambientvcp.telemetry.update.NodeUpdates.Due;
import org.junit.jupiter.api.Test;

class NodeUpdatesTest {
    private static final int STEP = 10_000;
    private static final NodeRegistration ALICE = registration().build();
    private static final NodeHealth AT_NOON =
            Health.afterSample(null, ALICE, null, sample(1).build(), null, NOON).published();
    private static final SentUpdate SENT = only(NodeUpdates.due(null, ALICE, AT_NOON, NOON, STEP));

    @Test
    void firstSampleIsToldWhole() {
        var update = SENT.update();

        assertThat(SENT.cell()).isEqualTo(2);
        assertThat(update.getNodeId()).isEqualTo(ALICE.getNodeId());
        assertThat(update.getName()).isEqualTo("alice");
        assertThat(update.getOwnerId()).isEqualTo("owner-1");
        assertThat(update.getRegion()).isEqualTo("de-west");
        assertThat(update.getCapabilities()).containsExactly("gpu", "simd");
        assertThat(update.getSlots()).isEqualTo(4);
        assertThat(update.getScorePpm()).isEqualTo(590_000);
        assertThat(update.getLatencyMicros()).isEqualTo(20_000);
        assertThat(update.getBreaker()).isEqualTo(Breaker.CLOSED);
        assertThat(update.getLeaseMillis()).isEqualTo(4_000);
    }

    @Test
    void leaseIsRenewedAfterOneIntervalAndNotBefore() {
        assertThat(NodeUpdates.due(SENT, ALICE, at(NOON + 999), NOON + 999, STEP)
                        .updates())
                .isEmpty();
        assertThat(NodeUpdates.due(SENT, ALICE, at(NOON + 1_000), NOON + 1_000, STEP)
                        .updates())
                .hasSize(1);
    }

    @Test
    void scoreIsToldWhenItHasMovedByAStep() {
        var below = scored(NOON + 10, 599_999);
        var up = scored(NOON + 10, 600_000);
        var down = scored(NOON + 10, 580_000);

        assertThat(NodeUpdates.due(SENT, ALICE, below, NOON + 10, STEP).updates())
                .isEmpty();
        assertThat(NodeUpdates.due(SENT, ALICE, up, NOON + 10, STEP).updates()).hasSize(1);
        assertThat(NodeUpdates.due(SENT, ALICE, down, NOON + 10, STEP).updates())
                .hasSize(1);
    }

    @Test
    void slowDriftIsMeasuredAgainstWhatTheCellKnows() {
        var first = NodeUpdates.due(SENT, ALICE, scored(NOON + 10, 596_000), NOON + 10, STEP);
        var second = NodeUpdates.due(first.sent(), ALICE, scored(NOON + 20, 602_000), NOON + 20, STEP);

        assertThat(first.updates()).isEmpty();
        assertThat(second.updates()).hasSize(1);
    }

    @Test
    void breakerIsToldAtOnce() {
        var open = NodeHealth.newBuilder(at(NOON + 1))
                .setBreaker(Breaker.OPEN)
                .setBreakerReason("25 consecutive errors")
                .build();

        var update = only(NodeUpdates.due(SENT, ALICE, open, NOON + 1, STEP)).update();

        assertThat(update.getBreaker()).isEqualTo(Breaker.OPEN);
        assertThat(update.getBreakerReason()).isEqualTo("25 consecutive errors");
    }

    @Test
    void changedRegistrationIsToldWithWhatIsLeftOfTheLease() {
        for (var changed : List.of(
                registration().setSlots(8),
                registration().setName("al"),
                registration().setOwnerId("owner-2"),
                registration().setRegion("fr"),
                registration().setCapabilities(List.of()))) {
            var update = only(NodeUpdates.due(SENT, changed.build(), AT_NOON, NOON + 1_500, STEP));
            assertThat(update.update().getLeaseMillis()).isEqualTo(2_500);
        }
    }

    @Test
    void repeatedRegistrationIsNoNews() {
        var again = registration().setSequence(2).build();

        assertThat(NodeUpdates.due(SENT, again, AT_NOON, NOON + 3_000, STEP).updates())
                .isEmpty();
    }

    @Test
    void verdictsDoNotBringBackANodeThatIsGone() {
        var better = scored(NOON, 700_000);

        assertThat(only(NodeUpdates.due(SENT, ALICE, better, NOON + 3_999, STEP))
                        .update()
                        .getLeaseMillis())
                .isEqualTo(1);
        var due = NodeUpdates.due(SENT, ALICE, better, NOON + 4_000, STEP);
        assertThat(due.updates()).isEmpty();
        assertThat(due.sent()).isEqualTo(SENT);
    }

    @Test
    void updateWithAShortLeaseDoesNotDelayTheNextRenewal() {
        var byVerdict = only(NodeUpdates.due(SENT, ALICE, scored(NOON, 700_000), NOON + 3_500, STEP));

        var renewal = NodeUpdates.due(byVerdict, ALICE, at(NOON + 3_600), NOON + 3_600, STEP);

        assertThat(only(renewal).update().getLeaseMillis()).isEqualTo(4_000);
    }

    @Test
    void nodeThatMovesIsTakenFromItsOldCellFirst() {
        var moved = registration().setCell(0).build();

        var due = NodeUpdates.due(SENT, moved, AT_NOON, NOON + 500, STEP);

        assertThat(due.updates()).extracting(SentUpdate::cell).containsExactly(2, 0);
        assertThat(due.updates())
                .extracting(sent -> sent.update().getLeaseMillis())
                .containsExactly(0, 3_500);
        assertThat(due.sent()).isEqualTo(due.updates().getLast());
    }

    @Test
    void nodeThatMovesAfterItsLeaseIsToldToNobodyButTheOldCell() {
        var moved = registration().setCell(0).build();

        var due = NodeUpdates.due(SENT, moved, AT_NOON, NOON + 9_000, STEP);

        assertThat(due.updates()).extracting(SentUpdate::cell).containsExactly(2);
        assertThat(due.sent()).isNull();
    }

    @Test
    void verifierIsNoBusinessOfACell() {
        var verifier = registration().setRole(NodeRole.VERIFIER).build();

        assertThat(NodeUpdates.due(null, verifier, AT_NOON, NOON, STEP)).isEqualTo(new Due(List.of(), null));
        var due = NodeUpdates.due(SENT, verifier, AT_NOON, NOON, STEP);
        assertThat(due.updates())
                .extracting(sent -> sent.update().getLeaseMillis())
                .containsExactly(0);
        assertThat(due.sent()).isNull();
    }

    @Test
    void longestIntervalStillMakesALease() {
        assertThat(NodeUpdates.leaseMillis(
                        registration().setTelemetryIntervalMillis(3_600_000).build()))
                .isEqualTo(10_801_000);
    }

    private static NodeHealth at(long sampledAt) {
        return NodeHealth.newBuilder(AT_NOON).setSampledAtEpochMillis(sampledAt).build();
    }

    private static NodeHealth scored(long sampledAt, int scorePpm) {
        return NodeHealth.newBuilder(at(sampledAt)).setScorePpm(scorePpm).build();
    }

    private static SentUpdate only(Due due) {
        assertThat(due.updates()).hasSize(1);
        assertThat(due.sent()).isEqualTo(due.updates().getFirst());
        return due.updates().getFirst();
    }
}
