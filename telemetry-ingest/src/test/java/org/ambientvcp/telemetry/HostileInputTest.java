package org.ambientvcp.telemetry;

import static org.ambientvcp.telemetry.Nodes.ALICE;
import static org.ambientvcp.telemetry.Nodes.BOB;
import static org.ambientvcp.telemetry.Nodes.NOON;
import static org.ambientvcp.telemetry.Nodes.identity;
import static org.ambientvcp.telemetry.Nodes.registration;
import static org.ambientvcp.telemetry.Nodes.reputation;
import static org.ambientvcp.telemetry.Nodes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.ambientvcp.events.Signed;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever comes in gives a dead letter with its bytes and the reason, and disturbs nothing else.
class HostileInputTest {
    @TempDir
    private Path folder;

    private TelemetryFixture vcp;

    @BeforeEach
    void start() {
        vcp = new TelemetryFixture(folder);
        vcp.start();
    }

    @AfterEach
    void stop() {
        assertThat(vcp.health.isEmpty()).as("nothing came of it").isTrue();
        assertThat(vcp.commands.isEmpty()).as("nothing came of it").isTrue();
        vcp.measure(sample(1_000).build(), NOON + 5_000);
        assertThat(vcp.health.readValuesToList()).as("the node is still heard").hasSize(1);
        assertThat(vcp.updates()).hasSize(1);
        vcp.close();
    }

    @Test
    void deadLetterHasTheOriginalBytesAndWhereTheyCameFrom() {
        var bytes = "not avro".getBytes(StandardCharsets.UTF_8);

        vcp.send(Topics.TELEMETRY, "some-key", bytes, NOON + 7);

        var letter = vcp.deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo("vcp.telemetry.v1-0-1");
        assertThat(letter.value().getOriginTopic()).isEqualTo("vcp.telemetry.v1");
        assertThat(letter.value().getOriginOffset()).isEqualTo(1);
        assertThat(letter.value().getOriginTimestampEpochMillis()).isEqualTo(NOON + 7);
        assertThat(Bytes.of(letter.value().getKey()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("some-key");
        assertThat(Bytes.of(letter.value().getValue())).isEqualTo(bytes);
        assertThat(letter.value().getCode()).isEqualTo("undecodable");
        assertThat(letter.value().getReason())
                .contains("expected the Confluent wire format")
                .contains("0x6e");
        assertThat(letter.value().getService()).isEqualTo("telemetry-ingest");
        assertThat(vcp.counted("refused.undecodable")).isEqualTo(1);
    }

    @Test
    void undecodableBytesOnEveryInput() {
        for (var topic : List.of(Topics.NODES, Topics.TELEMETRY, Topics.REPUTATION))
            for (var bytes : List.of(
                    new byte[0], new byte[] {0}, new byte[] {0, 0, 0, 0, 99, 1}, new byte[] {0, 0, 0, 0, 1, -1, -1})) {
                vcp.send(topic, ALICE.id(), bytes, NOON);
                var letter = vcp.deadLetters.readValue();
                assertThat(letter.getCode()).isEqualTo("undecodable");
                assertThat(letter.getOriginTopic()).isEqualTo(topic.name());
                assertThat(Bytes.of(letter.getValue())).isEqualTo(bytes);
            }
    }

    @Test
    void randomAndDamagedBytesNeverStopTheService() {
        var random = new Random(42);
        for (int i = 0; i < 300; i++) {
            var topic =
                    List.of(Topics.NODES, Topics.TELEMETRY, Topics.REPUTATION).get(i % 3);
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            vcp.send(topic, ALICE.id(), bytes, NOON);
            assertThat(vcp.refusal()).isEqualTo("undecodable");
        }
        var honest = vcp.signed(ALICE, Domain.TELEMETRY, sample(2).build());
        for (int i = 0; i < honest.length; i++) {
            var damaged = honest.clone();
            damaged[i] ^= (byte) (1 << random.nextInt(8));
            vcp.send(Topics.TELEMETRY, ALICE.id(), damaged, NOON);
            assertThat(vcp.refusal())
                    .isIn("undecodable", "wrong-signer", "bad-signature", "wrong-domain", "bad-key", "too-large");
        }
    }

    @Test
    void forgedSignature() {
        var honest = ALICE.sign(Domain.TELEMETRY, sample(2).build());
        var signature = Bytes.of(honest.getSignature());
        signature[5] ^= 1;

        vcp.send(
                Topics.TELEMETRY,
                ALICE.id(),
                vcp.bytes(Signed.newBuilder(honest)
                        .setSignature(ByteBuffer.wrap(signature))
                        .build()),
                NOON);

        assertThat(vcp.refusal()).isEqualTo("bad-signature");
    }

    @Test
    void changedPayload() {
        var honest = ALICE.sign(Domain.TELEMETRY, sample(2).build());
        var other = ALICE.sign(Domain.TELEMETRY, sample(3).build());

        vcp.send(
                Topics.TELEMETRY,
                ALICE.id(),
                vcp.bytes(
                        Signed.newBuilder(honest).setPayload(other.getPayload()).build()),
                NOON);

        assertThat(vcp.refusal()).isEqualTo("bad-signature");
    }

    @Test
    void identityOfAnother() {
        var bobs = BOB.sign(Domain.TELEMETRY, sample(2).build());
        var claimed = Signed.newBuilder(bobs).setSignerId(ALICE.id()).build();

        vcp.send(Topics.TELEMETRY, ALICE.id(), vcp.bytes(claimed), NOON);
        assertThat(vcp.refusal()).isEqualTo("wrong-signer");
        vcp.send(Topics.TELEMETRY, ALICE.id(), vcp.bytes(bobs), NOON);
        assertThat(vcp.refusal()).isEqualTo("wrong-key");
        vcp.send(Topics.TELEMETRY, BOB.id(), vcp.bytes(bobs), NOON);
        assertThat(vcp.refusal()).isEqualTo("wrong-signer");
    }

    @Test
    void signatureForAnotherPurpose() {
        vcp.send(
                Topics.TELEMETRY,
                ALICE.id(),
                vcp.signed(
                        ALICE,
                        Domain.REGISTRATION,
                        registration().setSequence(2).build()),
                NOON);

        assertThat(vcp.refusal()).isEqualTo("wrong-domain");
    }

    @Test
    void keyThatIsNotTheSigner() {
        var honest = vcp.signed(ALICE, Domain.TELEMETRY, sample(2).build());

        for (var key : new String[] {null, "", BOB.id(), "x".repeat(2_000)}) {
            vcp.send(Topics.TELEMETRY, key, honest, NOON);
            assertThat(vcp.refusal()).isEqualTo("wrong-key");
        }
    }

    @Test
    void replays() {
        vcp.measure(sample(1).build(), NOON + 10);
        assertThat(vcp.refusal()).isEqualTo("replayed");
        vcp.measure(sample(99).setEpoch(0).build(), NOON + 10);
        assertThat(vcp.refusal()).isEqualTo("replayed");
        vcp.register(registration().build());
        assertThat(vcp.refusal()).isEqualTo("replayed");
    }

    @Test
    void replayInAnotherPartitionMeetsNoEmptyStore(@TempDir Path elsewhere) {
        try (var first = new TelemetryFixture(elsewhere, 1_000_003)) {
            first.register(registration().build());

            var letter = first.deadLetters.readValue();
            assertThat(letter.getCode()).isEqualTo("wrong-key");
            assertThat(letter.getReason()).endsWith("of 1000003 for this key, came in 0");
        }
    }

    @Test
    void unregisteredNode() {
        vcp.measure(BOB, sample(1).setNodeId(BOB.id()).build(), NOON);

        assertThat(vcp.refusal()).isEqualTo("unregistered");
    }

    @Test
    void valuesOutOfRange() {
        vcp.measure(sample(2).setLatencyMicros(-1).build(), NOON);
        var letter = vcp.deadLetters.readValue();
        assertThat(letter.getCode()).isEqualTo("out-of-range");
        assertThat(letter.getReason()).isEqualTo("latencyMicros is not 0–600000000: -1");
        vcp.register(registration().setSequence(2).setSlots(0).build());
        assertThat(vcp.refusal()).isEqualTo("out-of-range");
        vcp.judge(reputation(-1, 0, 0), NOON);
        assertThat(vcp.refusal()).isEqualTo("out-of-range");
    }

    @Test
    void refusedRegistrationLeavesTheOldOne() {
        vcp.register(registration().setSequence(2).setCell(3).build());

        assertThat(vcp.refusal()).isEqualTo("unknown-cell");
    }

    @Test
    void clockThatIsWrong() {
        vcp.measure(sample(2).setObservedAtEpochMillis(NOON - 3_600_000).build(), NOON);

        assertThat(vcp.refusal()).isEqualTo("clock-skew");
    }

    @Test
    void tombstones() {
        vcp.send(Topics.NODES, ALICE.id(), null, NOON);
        assertThat(vcp.refusal()).isEqualTo("undecodable");
        vcp.send(Topics.TELEMETRY, ALICE.id(), null, NOON);
        assertThat(vcp.refusal()).isEqualTo("undecodable");
        vcp.send(Topics.REPUTATION, null, null, NOON);
        var letter = vcp.deadLetters.readValue();
        assertThat(letter.getCode()).isEqualTo("wrong-key");
        assertThat(letter.getKey()).isNull();
        assertThat(letter.getValue()).isNull();
    }

    @Test
    void valueFarTooLargeIsNotEvenDecoded() {
        var large = new byte[1_000_000];

        vcp.send(Topics.NODES, ALICE.id(), large, NOON);

        var letter = vcp.deadLetters.readValue();
        assertThat(letter.getCode()).isEqualTo("too-large");
        assertThat(letter.getReason()).isEqualTo("the value is 1000000 bytes, more than 65536");
        assertThat(Bytes.of(letter.getValue())).isEqualTo(large);
    }

    @Test
    void whatCompressionBlewUpIsCutToFitIntoALetter() {
        vcp.send(Topics.TELEMETRY, "k".repeat(5_000_000), new byte[20_000_000], NOON);

        var letter = vcp.deadLetters.readValue();
        assertThat(letter.getCode()).isEqualTo("wrong-key");
        assertThat(letter.getKey().remaining() + letter.getValue().remaining())
                .isBetween(1_000_000, TopicAdmin.MAX_RECORD_BYTES - 10_000);
    }

    @Test
    void manyUnknownNodesAreRefusedOneByOne() {
        for (int seed = 10; seed < 40; seed++) {
            Identity stranger = identity(seed);
            vcp.measure(stranger, sample(1).setNodeId(stranger.id()).build(), NOON);
            assertThat(vcp.refusal()).isEqualTo("unregistered");
        }
        assertThat(vcp.counted("refused.unregistered")).isEqualTo(30);
    }
}
