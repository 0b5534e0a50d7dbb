package org.ambientvcp.telemetry;

import static org.ambientvcp.telemetry.Nodes.ALICE;
import static org.ambientvcp.telemetry.Nodes.BOB;
import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.reading;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.reputation;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.schemas.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryTopologyTest {
    private static final long JOULE = 1_000_000;

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
    void sampleBecomesHealthAndNewsForTheCell() {
        vcp.register(registration().build());
        assertThat(vcp.commands.isEmpty())
                .as("nothing is known of the node yet")
                .isTrue();

        vcp.measure(sample(1).build(), NOON);

        var health = vcp.health.readRecord();
        assertThat(health.key()).isEqualTo(ALICE.id());
        assertThat(health.timestamp()).isEqualTo(NOON);
        assertThat(health.value().getScorePpm()).isEqualTo(590_000);
        var command = vcp.commands.readRecord();
        assertThat(command.key()).isEqualTo(ALICE.id());
        var update = (NodeUpdate) command.value().getBody();
        assertThat(update.getScorePpm()).isEqualTo(590_000);
        assertThat(update.getSlots()).isEqualTo(4);
        assertThat(update.getLeaseMillis()).isEqualTo(4_000);
        assertThat(vcp.deadLetters.isEmpty()).isTrue();
        assertThat(vcp.counted("samples")).isEqualTo(1);
        assertThat(vcp.counted("registrations")).isEqualTo(1);
        assertThat(vcp.counted("node-updates")).isEqualTo(1);
    }

    @Test
    void nodesAreKeptApart() {
        vcp.start();
        vcp.register(
                BOB,
                registration().setNodeId(BOB.id()).setName("bob").setCell(0).build(),
                NOON);

        vcp.measure(BOB, sample(1).setNodeId(BOB.id()).build(), NOON);

        assertThat(vcp.health.readValue().getName()).isEqualTo("bob");
        assertThat(vcp.updates()).extracting(NodeUpdate::getNodeId).containsExactly(BOB.id());
    }

    @Test
    void leaseIsRenewedOncePerInterval() {
        vcp.start();

        for (int i = 1; i <= 10; i++) vcp.measure(sample(i + 1).build(), NOON + i * 500L);

        assertThat(vcp.updates()).hasSize(5);
        assertThat(vcp.health.readValuesToList()).hasSize(10);
    }

    @Test
    void scoreThatMovesIsToldAtOnce() {
        vcp.start();

        vcp.measure(sample(2).setBandwidthKbps(1_000_000).build(), NOON + 900);

        assertThat(vcp.updates())
                .singleElement()
                .satisfies(update -> assertThat(update.getScorePpm()).isBetween(600_000, 610_000));
    }

    @Test
    void hotNodeIsTakenOutProbedAndPutBack() {
        vcp.start();

        vcp.measure(sample(2).setTemperatureMilliCelsius(91_200).build(), NOON + 100);
        assertThat(vcp.updates()).singleElement().satisfies(update -> {
            assertThat(update.getBreaker()).isEqualTo(Breaker.OPEN);
            assertThat(update.getBreakerReason()).isEqualTo("temperature 91.2 °C above 85.0 °C");
        });
        vcp.measure(sample(3).setObservedAtEpochMillis(NOON + 30_100).build(), NOON + 30_100);
        assertThat(vcp.updates())
                .singleElement()
                .extracting(NodeUpdate::getBreaker)
                .isEqualTo(Breaker.HALF_OPEN);
        vcp.judge(reputation(1, 0, 0), NOON + 31_000);
        assertThat(vcp.updates()).singleElement().satisfies(update -> {
            assertThat(update.getBreaker()).isEqualTo(Breaker.CLOSED);
            assertThat(update.getLeaseMillis()).isEqualTo(3_100);
        });

        assertThat(vcp.health.readValuesToList())
                .extracting(health -> health.getBreaker())
                .containsExactly(Breaker.OPEN, Breaker.HALF_OPEN, Breaker.CLOSED);
        assertThat(vcp.counted("breakers.open")).isEqualTo(1);
        assertThat(vcp.counted("breakers.half-open")).isEqualTo(1);
        assertThat(vcp.counted("breakers.closed")).isEqualTo(1);
    }

    @Test
    void failedProbeTakesTheNodeOutAgain() {
        vcp.start();
        vcp.judge(reputation(5, 0, 0), NOON);
        vcp.measure(sample(2).setConsecutiveErrors(25).build(), NOON + 100);
        vcp.measure(sample(3).setConsecutiveErrors(25).build(), NOON + 30_100);
        vcp.updates();

        vcp.judge(reputation(5, 1, 0), NOON + 31_000);

        assertThat(vcp.updates()).singleElement().satisfies(update -> {
            assertThat(update.getBreaker()).isEqualTo(Breaker.OPEN);
            assertThat(update.getBreakerReason()).isEqualTo("probe task failed after 25 consecutive errors");
        });
    }

    @Test
    void reputationIsPartOfTheScore() {
        vcp.judge(reputation(10, 0, 0), NOON - 1);
        vcp.start();
        vcp.judge(reputation(10, 10, 0), NOON + 1);

        assertThat(vcp.health.readValuesToList())
                .extracting(h -> h.getScorePpm())
                .containsExactly(590_000);
        assertThat(vcp.updates()).extracting(NodeUpdate::getScorePpm).containsExactly(590_000);
    }

    @Test
    void theCellHearsOfTheReputationWithTheNode() {
        vcp.judge(reputation(10, 0, 0), NOON - 1);
        vcp.register(registration().build());

        vcp.measure(sample(1).build(), NOON);

        assertThat(vcp.updates()).extracting(NodeUpdate::getReputation).containsExactly(reputation(10, 0, 0));
    }

    @Test
    void tombstoneMakesAReputationNewAgain() {
        vcp.judge(reputation(10, 0, 0), NOON - 1);
        vcp.send(Topics.REPUTATION, ALICE.id(), null, NOON - 1);
        vcp.register(registration().build());

        vcp.measure(sample(1).build(), NOON);

        assertThat(vcp.health.readValue().getReputationPpm()).isEqualTo(500_000);
        assertThat(vcp.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void changedRegistrationReachesTheCell() {
        vcp.start();

        vcp.register(registration().setSequence(2).setSlots(16).build());

        assertThat(vcp.updates()).extracting(NodeUpdate::getSlots).containsExactly(16);
    }

    @Test
    void nodeThatMovesLeavesItsOldCell() {
        vcp.start();

        vcp.register(registration().setSequence(2).setCell(0).build());

        assertThat(vcp.updates()).extracting(NodeUpdate::getLeaseMillis).containsExactly(0, 4_000);
    }

    @Test
    void verifierHasHealthAndNoCell() {
        vcp.register(registration().setRole(NodeRole.VERIFIER).build());

        vcp.measure(sample(1).build(), NOON);

        assertThat(vcp.health.readValuesToList()).hasSize(1);
        assertThat(vcp.commands.isEmpty()).isTrue();
        assertThat(vcp.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void energyIsPublishedFromTheSecondReadingOn() {
        vcp.register(registration().build());

        vcp.measure(sample(1).setEnergy(reading(1_000 * JOULE).build()).build(), NOON);
        vcp.measure(sample(2).setObservedAtEpochMillis(NOON + 500).build(), NOON + 500);
        vcp.measure(
                sample(3)
                        .setObservedAtEpochMillis(NOON + 1_000)
                        .setEnergy(reading(1_050 * JOULE).build())
                        .build(),
                NOON + 1_000);

        var energy = vcp.energy.readValuesToList();
        assertThat(energy).singleElement().satisfies(used -> {
            assertThat(used.getMicrojoules()).isEqualTo(50 * JOULE);
            assertThat(used.getAverageMilliwatts()).isEqualTo(50_000);
            assertThat(used.getIntensityMilligramsPerKwh()).isEqualTo(344_000);
            assertThat(used.getFromEpochMillis()).isEqualTo(NOON);
        });
        assertThat(vcp.health.readValuesToList())
                .extracting(health -> health.getPowerMilliwatts())
                .containsExactly(50_000, null, 50_000);
        assertThat(vcp.counted("energy-readings")).isEqualTo(2);
    }

    @Test
    void implausibleEnergyIsRefusedAndTheRestOfTheSampleCounts() {
        vcp.register(registration().build());
        vcp.measure(sample(1).setEnergy(reading(1_000 * JOULE).build()).build(), NOON);
        vcp.measure(
                sample(2)
                        .setObservedAtEpochMillis(NOON + 1_000)
                        .setEnergy(reading(900 * JOULE).build())
                        .build(),
                NOON + 1_000);
        vcp.measure(
                sample(3)
                        .setObservedAtEpochMillis(NOON + 2_000)
                        .setEnergy(reading(1_080 * JOULE).build())
                        .build(),
                NOON + 2_000);

        var letter = vcp.deadLetters.readValue();
        assertThat(letter.getCode()).isEqualTo("implausible-energy");
        assertThat(letter.getReason()).isEqualTo("counterMicrojoules went back from 1000000000 to 900000000");
        assertThat(vcp.health.readValuesToList())
                .extracting(health -> health.getPowerMilliwatts())
                .containsExactly(50_000, null, 50_000);
        assertThat(vcp.energy.readValuesToList())
                .extracting(used -> used.getMicrojoules())
                .containsExactly(80 * JOULE);
        assertThat(vcp.counted("refused.implausible-energy")).isEqualTo(1);
    }

    @Test
    void restartGoesOnFromTheChangelogs(@TempDir Path elsewhere) {
        vcp.judge(reputation(10, 0, 0), NOON - 1);
        vcp.register(registration().build());
        vcp.measure(
                sample(1)
                        .setTemperatureMilliCelsius(90_000)
                        .setEnergy(reading(1_000 * JOULE).build())
                        .build(),
                NOON);
        try (var restarted = new TelemetryFixture(elsewhere)) {
            restore(restarted, TelemetryTopology.REGISTRATIONS);
            restore(restarted, TelemetryTopology.REPUTATIONS);
            restore(restarted, TelemetryTopology.STATES);

            restarted.measure(sample(1).build(), NOON + 100);
            assertThat(restarted.refusal()).isEqualTo("replayed");
            restarted.measure(
                    sample(2)
                            .setBandwidthKbps(900_000)
                            .setObservedAtEpochMillis(NOON + 10_000)
                            .setEnergy(reading(1_500 * JOULE).build())
                            .build(),
                    NOON + 10_000);

            var health = restarted.health.readValue();
            assertThat(health.getBreaker()).isEqualTo(Breaker.OPEN);
            assertThat(health.getBreakerSinceEpochMillis()).isEqualTo(NOON);
            assertThat(health.getSmoothedBandwidthKbps()).isBetween(700_000, 700_001);
            assertThat(health.getReputationPpm()).isEqualTo(1_000_000);
            assertThat(restarted.energy.readValue().getMicrojoules()).isEqualTo(500 * JOULE);
            assertThat(restarted.updates()).hasSize(1);
        }
    }

    /// Puts what the first run wrote into a store's changelog into the second run's store, byte for byte.
    private void restore(TelemetryFixture restarted, String store) {
        var changelog = TelemetryFixture.APPLICATION_ID + "-" + store + "-changelog";
        var records = vcp.driver
                .createOutputTopic(changelog, new StringDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList();
        assertThat(records).isNotEmpty();
        for (var record : records) put(restarted, store, record.key, record.value);
    }

    private static void put(TelemetryFixture restarted, String store, String key, byte[] value) {
        switch (store) {
            case TelemetryTopology.REGISTRATIONS ->
                restarted
                        .driver
                        .getKeyValueStore(store)
                        .put(
                                key,
                                new SingleObjectSerde<>(org.ambientvcp.events.NodeRegistration.class)
                                        .deserialize(store, value));
            case TelemetryTopology.REPUTATIONS ->
                restarted
                        .driver
                        .getKeyValueStore(store)
                        .put(
                                key,
                                new SingleObjectSerde<>(org.ambientvcp.events.Reputation.class)
                                        .deserialize(store, value));
            default ->
                restarted.driver.getKeyValueStore(store).put(key, new NodeStateSerde().deserialize(store, value));
        }
    }
}
