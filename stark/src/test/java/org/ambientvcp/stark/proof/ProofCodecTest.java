package org.ambientvcp.stark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Fibonacci;
import org.ambientvcp.stark.machines.Ram;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.proof.ProofCodec.Decoding;
import org.ambientvcp.stark.security.Profile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Proofs here have the right shape and random content: the codec knows nothing of their truth.
class ProofCodecTest {
    private static final Digest ROOT = Digest.of(new int[Digest.WORDS], 0);
    private static final VerificationKey KEY = new VerificationKey(Adder.machine(12), Profile.STANDARD, ROOT);
    private static final List<Integer> HEIGHTS = List.of(13, 12);
    private static final int HEIGHTS_AT = (3 + Digest.WORDS) * Integer.BYTES;

    @Test
    void readingAndWritingAreInverse() {
        for (var key : List.of(KEY, key(Ram.machine(12), ROOT), key(Fibonacci.machine(), null))) {
            var heights = key.machine().chips().stream()
                    .map(chip -> chip.fixedHeight() == 0 ? 13 : 12)
                    .toList();
            var bytes = ProofCodec.encode(proof(key, heights, new Random(1)));

            var proof = decoded(bytes, key);

            assertThat(proof.logHeights()).isEqualTo(heights);
            assertThat(ProofCodec.encode(proof)).isEqualTo(bytes);
        }
    }

    /// Changing any byte gives another proof or none, never the same one.
    @Test
    void thereIsOneEncodingOfEachProof() {
        var bytes = ProofCodec.encode(proof(KEY, HEIGHTS, new Random(2)));
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++) {
            var changed = bytes.clone();
            changed[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));

            if (ProofCodec.decode(changed, KEY) instanceof Decoding.Decoded decoded)
                assertThat(ProofCodec.encode(decoded.proof()))
                        .isEqualTo(changed)
                        .isNotEqualTo(bytes);
        }
    }

    @Test
    void everyTruncatedProofIsRefused() {
        var bytes = ProofCodec.encode(proof(KEY, HEIGHTS, new Random(4)));
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++) {
            var length = i < 200 ? i : random.nextInt(bytes.length);

            assertThat(malformation(Arrays.copyOf(bytes, length)))
                    .as("length %d", length)
                    .isInstanceOfAny(Malformation.Truncated.class, Malformation.NotAProof.class);
        }
    }

    @Test
    void anyBytesAreAnAnswer() {
        var random = new Random(6);
        var header = Arrays.copyOf(ProofCodec.encode(proof(KEY, HEIGHTS, random)), HEIGHTS_AT + 8);
        for (var i = 0; i < 5_000; i++) {
            var bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            // Half of them with a right header, to get further.
            if (i % 2 == 0 && bytes.length >= header.length) System.arraycopy(header, 0, bytes, 0, header.length);

            assertThat(ProofCodec.decode(bytes, KEY)).isInstanceOf(Decoding.Refused.class);
        }
    }

    @Test
    void theHeaderSaysWhatTheProofIsFor() {
        var bytes = ProofCodec.encode(proof(KEY, HEIGHTS, new Random(7)));

        assertThat(malformation(with(bytes, 0, 0))).isEqualTo(new Malformation.NotAProof());
        assertThat(malformation(with(bytes, 4, 2))).isEqualTo(new Malformation.UnknownVersion(2));
        assertThat(malformation(with(bytes, 8, 1))).isEqualTo(new Malformation.OtherProfile(1));
        assertThat(malformation(with(bytes, 12, 1))).isInstanceOf(Malformation.OtherKey.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 21, 27, 31, 32, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void heightsAreWithinTheirBounds(int height) {
        var bytes = ProofCodec.encode(proof(KEY, HEIGHTS, new Random(8)));

        assertThat(malformation(with(bytes, HEIGHTS_AT, height)))
                .isEqualTo(new Malformation.Height("adder", Integer.toUnsignedLong(height), 12, 20));
        assertThat(malformation(with(bytes, HEIGHTS_AT + 4, height)))
                .isEqualTo(new Malformation.Height("range table", Integer.toUnsignedLong(height), 12, 12));
    }

    @ParameterizedTest
    @ValueSource(ints = {BabyBear.P, BabyBear.P + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void numbersFromThePrimeOnAreNoElements(int number) {
        var bytes = ProofCodec.encode(proof(KEY, HEIGHTS, new Random(9)));
        var sums = HEIGHTS_AT + 2 * 4 + 3 * 32;

        assertThat(malformation(with(bytes, sums, number))).isEqualTo(new Malformation.NotCanonical("bus sums"));
        assertThat(malformation(with(bytes, sums + 2 * 5 * 4, number)))
                .isEqualTo(new Malformation.NotCanonical("openings"));
    }

    @Test
    void noSizeIsTrustedBeforeItIsChecked() {
        var proof = proof(KEY, HEIGHTS, new Random(10));
        var bytes = ProofCodec.encode(proof);
        var treesAt = bytes.length;
        for (var opening : openings(proof))
            treesAt -= 4 * (3 + opening.values().length + opening.salts().length + opening.path().length);
        var most = 88;

        for (var count : new int[] {most + 1, 1 << 20, Integer.MAX_VALUE, -1})
            assertThat(malformation(with(bytes, treesAt, count)))
                    .isEqualTo(new Malformation.Count("PREPROCESSED values", Integer.toUnsignedLong(count), most));
    }

    @Test
    void nothingMayFollow() {
        var bytes = ProofCodec.encode(proof(KEY, HEIGHTS, new Random(11)));

        assertThat(malformation(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(new Malformation.TrailingBytes(1));
        assertThat(malformation(Arrays.copyOf(bytes, 64 << 20))).isInstanceOf(Malformation.TooLong.class);
    }

    private static List<MultiOpening> openings(Proof proof) {
        var openings = new ArrayList<>(proof.trees());
        openings.addAll(proof.layers());
        return openings;
    }

    private static VerificationKey key(Machine machine, @Nullable Digest root) {
        return new VerificationKey(machine, Profile.STANDARD, root);
    }

    private static Malformation malformation(byte[] bytes) {
        return ((Decoding.Refused) ProofCodec.decode(bytes, KEY)).malformation();
    }

    private static Proof decoded(byte[] bytes, VerificationKey key) {
        return ((Decoding.Decoded) ProofCodec.decode(bytes, key)).proof();
    }

    private static byte[] with(byte[] bytes, int at, int word) {
        var changed = bytes.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, word);
        return changed;
    }

    private static Proof proof(VerificationKey key, List<Integer> logHeights, RandomGenerator random) {
        var shape = key.shape(logHeights);
        var degree = shape.parameters().extensionDegree();
        var trees = new ArrayList<MultiOpening>();
        for (var commitment : Commitment.values())
            if (shape.has(commitment)) trees.add(opening(shape.limits(shape.tree(commitment)), random));
        return new Proof(
                key.profile().id(),
                key.digest(),
                logHeights,
                digest(random),
                shape.has(Commitment.AUXILIARY) ? digest(random) : null,
                digest(random),
                Words.of(elements(shape.tablesIn(Commitment.AUXILIARY).size() * degree, random)),
                Words.of(elements(shape.openings() * degree, random)),
                shape.foldings().stream().map(_ -> digest(random)).toList(),
                Words.of(elements(shape.finalWords(), random)),
                random.nextLong(),
                trees,
                shape.layers().stream()
                        .map(layer -> opening(shape.limits(layer), random))
                        .toList());
    }

    private static MultiOpening opening(ProofShape.Limits limits, RandomGenerator random) {
        return new MultiOpening(
                elements(random.nextInt(limits.values() + 1), random),
                words(limits.salts() == 0 ? 0 : 4 * random.nextInt(limits.salts() / 4), random),
                words(8 * random.nextInt(limits.path() / 8), random));
    }

    private static Digest digest(RandomGenerator random) {
        return Digest.of(words(Digest.WORDS, random), 0);
    }

    private static int[] words(int count, RandomGenerator random) {
        return random.ints(count).toArray();
    }

    private static int[] elements(int count, RandomGenerator random) {
        return random.ints(count, 0, BabyBear.P).toArray();
    }
}
