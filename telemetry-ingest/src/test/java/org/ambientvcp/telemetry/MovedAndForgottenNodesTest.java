package org.ambientvcp.telemetry;

import static org.ambientvcp.telemetry.Nodes.ALICE;
import static org.ambientvcp.telemetry.Nodes.BOB;
import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.reputation;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.schemas.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that an operator moved to another cell, and nodes that nobody has heard of for long.
class MovedAndForgottenNodesTest {
    private static final long SILENCE = TelemetryFixture.FORGET_AFTER.toMillis();

    @TempDir
    private Path folder;

    private TelemetryFixture vcp;

    @BeforeEach
    void start() {
        vcp = new TelemetryFixture(folder);
    }

    @AfterEach
    void stop() {
        vcp.close();
    }

    @Test
    void theNewCellIsToldAtOnceAndFromThenOn() {
        vcp.start();

        vcp.moved(ALICE.id(), 1, NOON + 10);

        assertThat(vcp.health.readValue().getCell()).isEqualTo(1);
        assertThat(vcp.updates())
                .extracting(NodeUpdate::getLeaseMillis)
                .as("withdrawn from the old cell, told to the new one")
                .containsExactly(0, 3_990);
        vcp.measure(sample(2).build(), NOON + 1_100);
        assertThat(vcp.updates()).hasSize(1);
        assertThat(vcp.health.readValue().getCell()).isEqualTo(1);
        vcp.judge(reputation(1, 0, 0), NOON + 1_200);
        assertThat(vcp.health.readValue().getCell()).isEqualTo(1);
    }

    @Test
    void aRegistrationDoesNotMoveItBack() {
        vcp.start();
        vcp.moved(ALICE.id(), 1, NOON + 10);
        vcp.updates();
        vcp.health.readValuesToList();

        vcp.register(ALICE, registration().setEpoch(2).build(), NOON + 20);
        vcp.measure(sample(1).setEpoch(2).build(), NOON + 1_100);

        assertThat(vcp.health.readValue().getCell()).isEqualTo(1);
        assertThat(vcp.updates()).extracting(NodeUpdate::getLeaseMillis).containsExactly(4_000);
    }

    @Test
    void aMoveMayComeBeforeAnythingElseIsKnownOfTheNode() {
        vcp.moved(ALICE.id(), 0, NOON - 10);

        vcp.register(registration().build());
        vcp.measure(sample(1).build(), NOON);

        assertThat(vcp.health.readValue().getCell()).isZero();
        assertThat(vcp.updates()).hasSize(1);
    }

    @Test
    void hostileHomesAreRefused() {
        vcp.start();

        vcp.moved(ALICE.id(), 3, NOON);
        assertThat(vcp.refusal()).isEqualTo("unknown-cell");
        vcp.moved(ALICE.id(), -1, NOON);
        assertThat(vcp.refusal()).isEqualTo("unknown-cell");
        vcp.moved("alice", 1, NOON);
        assertThat(vcp.refusal()).isEqualTo("wrong-key");
        vcp.send(Topics.NODE_CELLS, ALICE.id(), new byte[] {1, 2, 3}, NOON);
        assertThat(vcp.refusal()).isEqualTo("undecodable");
        assertThat(vcp.updates()).isEmpty();
    }

    @Test
    void whoIsSilentForLongIsForgottenEverywhere() {
        vcp.start();
        vcp.judge(reputation(5, 0, 0), NOON);
        vcp.moved(ALICE.id(), 1, NOON);
        bob(1, NOON);

        bob(2, NOON + SILENCE / 2);
        bob(3, NOON + SILENCE + SILENCE / 24);

        assertThat(vcp.tombstones(Topics.NODES)).containsExactly(ALICE.id());
        assertThat(vcp.tombstones(Topics.NODE_CELLS)).containsExactly(ALICE.id());
        assertThat(vcp.driver
                        .<String, Object>getKeyValueStore(TelemetryTopology.REGISTRATIONS)
                        .get(ALICE.id()))
                .isNull();
        for (var store : List.of(
                TelemetryTopology.STATES,
                TelemetryTopology.REPUTATIONS,
                TelemetryTopology.HOMES,
                TelemetryTopology.REGISTERED_AT))
            assertThat(vcp.driver.<String, Object>getKeyValueStore(store).get(ALICE.id()))
                    .as(store)
                    .isNull();
        assertThat(vcp.driver
                        .<String, Object>getKeyValueStore(TelemetryTopology.STATES)
                        .get(BOB.id()))
                .isNotNull();
    }

    @Test
    void aRegistrationWithoutTelemetryIsForgottenAsWell() {
        vcp.register(ALICE, registration().build(), NOON);
        bob(1, NOON);

        bob(2, NOON + SILENCE + SILENCE / 24);

        assertThat(vcp.tombstones(Topics.NODES)).containsExactly(ALICE.id());
    }

    @Test
    void ourTombstoneIsPassedOverAndAStrangersIsNot() {
        vcp.send(Topics.NODES, ALICE.id(), null, NOON);
        assertThat(vcp.deadLetters.isEmpty()).isTrue();

        vcp.register(registration().build());
        vcp.send(Topics.NODES, ALICE.id(), null, NOON);
        assertThat(vcp.refusal()).isEqualTo("undecodable");
    }

    private void bob(long sequence, long at) {
        if (sequence == 1)
            vcp.register(BOB, registration().setNodeId(BOB.id()).setName("bob").build(), at);
        vcp.measure(
                BOB,
                sample(sequence)
                        .setNodeId(BOB.id())
                        .setObservedAtEpochMillis(at)
                        .build(),
                at);
    }
}
