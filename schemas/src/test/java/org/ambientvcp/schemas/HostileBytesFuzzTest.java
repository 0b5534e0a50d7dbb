package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever bytes come, the answer is a record or a [MalformedEventException], in little memory.
class HostileBytesFuzzTest {
    private static final int CASES = 50_000;

    private interface Reading {
        void read(byte[] bytes);
    }

    @ParameterizedTest
    @ValueSource(classes = {Task.class, Signed.class, TaskStatus.class, VerificationJob.class})
    <T extends SpecificRecord> void avroBinary(Class<T> type) {
        var random = new Random(11);
        var good = AvroCodec.encode(new RandomRecords(random).next(type));

        var refused = refusals(random, good, bytes -> AvroCodec.decode(type, bytes));

        assertThat(refused).isPositive();
    }

    @Test
    void singleObjects() {
        var random = new Random(12);
        var good = SingleObject.encode(new RandomRecords(random).next(TaskStatus.class));

        var refused = refusals(random, good, bytes -> SingleObject.decode(TaskStatus.class, bytes));

        assertThat(refused).isPositive();
    }

    @Test
    void theWireFormat() {
        var random = new Random(13);
        var serde = AvroSerde.of(Topics.TASKS, SchemaRegistry.inMemory());
        var good = serde.serialize(Topics.TASKS.name(), new RandomRecords(random).next(Task.class));

        var refused = refusals(random, good, bytes -> serde.deserialize(Topics.TASKS.name(), bytes));

        assertThat(refused).isPositive();
    }

    @Test
    void signedEnvelopesOfAnyContentAreRefused() {
        var random = new Random(14);
        var identity = Identity.random(new SecureRandom());
        var good = identity.sign(Domain.RESULT, new RandomRecords(random).next(Domain.RESULT.payload()));
        for (int i = 0; i < CASES / 10; i++) {
            var hostile = AvroCodec.copy(Signed.class, good);
            var field = 1 + random.nextInt(4);
            if (hostile.get(field) instanceof ByteBuffer bytes) {
                hostile.put(field, ByteBuffer.wrap(mutated(random, Bytes.of(bytes))));
            } else {
                hostile.put(field, "vcp/result/v" + random.nextInt());
            }
            if (hostile.equals(good)) continue;

            assertThat(SignedEvents.open(Domain.RESULT, hostile)).isInstanceOf(Opened.Refused.class);
        }
    }

    /// Lengths and counts that promise much more than comes: they must not allocate what they promise.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "feffffff0f", // string of 2^31 - 1 bytes
                "feffffffffffffffff01", // string of 2^63 - 1 bytes
                "01", // string of -1 bytes
                "ffffffffffffffffffff", // a number that does not end
            })
    void lengthsThatLie(String hex) {
        var hostile = HexFormat.of().parseHex(hex);

        AvroCodecTest.assertMalformed(() -> AvroCodec.decode(Signed.class, hostile));
        AvroCodecTest.assertMalformed(() -> AvroCodec.decode(DeadLetter.class, hostile));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feffffff0f", // 2^31 - 1 items
                "feffffffffffffffff01", // 2^63 - 1 items
                "01", // -1 items without a size
                "01fffffffffffffffff01f", // -1 items, negative size
                "ffffffffffffffffff01", // -2^63 items
            })
    void arraysThatLie(String hex) {
        var hostile = HexFormat.of().parseHex(hex); // a WasiEntry is an array and nothing else

        AvroCodecTest.assertMalformed(() -> AvroCodec.decode(WasiEntry.class, hostile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0f", "80", ""})
    void branchesAndSymbolsThatDoNotExist(String hex) {
        var hostile = HexFormat.of().parseHex(hex);

        AvroCodecTest.assertMalformed(() -> AvroCodec.decode(CellCommand.class, hostile));
        AvroCodecTest.assertMalformed(() -> AvroCodec.decode(WasmValue.class, hostile));
    }

    @Test
    void theLimitsOfAvroAreOurs() {
        assertThat(AvroCodec.decode(Tick.class, new byte[] {2}).getSequence()).isOne(); // Avro is in use now

        assertThat(List.of("bytes", "string"))
                .allSatisfy(kind -> assertThat(System.getProperty("org.apache.avro.limits." + kind + ".maxLength"))
                        .isEqualTo(Integer.toString(AvroCodec.MAX_LENGTH)));
        var long5 = ByteBuffer.allocate(AvroCodec.MAX_LENGTH + 5)
                .put(HexFormat.of().parseHex("82808004")) // a string of MAX_LENGTH + 1 bytes, and they are all there
                .array();
        AvroCodecTest.assertMalformed(() -> AvroCodec.decode(Signed.class, long5));
    }

    private static int refusals(RandomGenerator random, byte[] good, Reading reading) {
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            var hostile = i % 4 == 0 ? noise(random) : mutated(random, good);
            try {
                reading.read(hostile);
            } catch (MalformedEventException expected) {
                assertThat(expected.getMessage()).isNotBlank();
                refused++;
            } catch (RuntimeException | Error other) {
                throw new AssertionError("bytes " + HexFormat.of().formatHex(hostile), other);
            }
        }
        return refused;
    }

    private static byte[] noise(RandomGenerator random) {
        var bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// One to three changes: another byte, a cut, or bytes that go in.
    private static byte[] mutated(RandomGenerator random, byte[] good) {
        var bytes = good.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            if (bytes.length == 0) return new byte[] {(byte) random.nextInt()};
            switch (random.nextInt(3)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                default -> {
                    var at = random.nextInt(bytes.length);
                    var longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
                    System.arraycopy(bytes, at, longer, longer.length - (bytes.length - at), bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
