package org.ambientvcp.stark.hash;

import static org.ambientvcp.stark.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.prng.EntropySource;
import org.bouncycastle.crypto.prng.drbg.HMacSP800DRBG;
import org.junit.jupiter.api.Test;

class DrbgTest {
    @SuppressWarnings("ArrayRecordComponent") // a bundle of arguments, never compared
    private record Seed(byte[] entropy, byte[] nonce, byte[] personalization) {
        static Seed random(RandomGenerator random) {
            return new Seed(
                    bytes(random, 32 + random.nextInt(3)),
                    bytes(random, 16 + random.nextInt(3)),
                    bytes(random, random.nextInt(40)));
        }

        Drbg drbg() {
            return new Drbg(entropy, nonce, personalization);
        }
    }

    private static byte[] bytes(RandomGenerator random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @SuppressWarnings("ArrayRecordComponent") // a bundle of arguments, never compared
    private record Fixed(byte[] bytes) implements EntropySource {
        @Override
        public boolean isPredictionResistant() {
            return false;
        }

        @Override
        public byte[] getEntropy() {
            return bytes;
        }

        @Override
        public int entropySize() {
            return 8 * bytes.length;
        }
    }

    @Test
    void bytesAreThoseOfBouncyCastle() {
        forAll(50, Seed::random, seed -> {
            var drbg = seed.drbg();
            var reference = new HMacSP800DRBG(
                    new HMac(new SHA256Digest()), 256, new Fixed(seed.entropy), seed.personalization, seed.nonce);
            for (var count : new int[] {1, 32, 33, 0, 1_000}) {
                var expected = new byte[count];
                reference.generate(expected, null, false);
                assertThat(drbg.generate(count)).isEqualTo(expected);
            }
        });
    }

    @Test
    void weakSeedsAndLongRequestsAreRefused() {
        assertThatThrownBy(() -> new Drbg(new byte[31], new byte[16], new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Drbg(new byte[32], new byte[15], new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        var drbg = new Drbg(new byte[32], new byte[16], new byte[0]);
        assertThatThrownBy(() -> drbg.generate(65_537)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> drbg.generate(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void streamsOfOneDrbgDiffer() {
        var drbg = new Drbg(new byte[32], new byte[16], new byte[0]);

        assertThat(drbg.stream().block(0)).isNotEqualTo(drbg.stream().block(0));
    }

    @Test
    void manyBlocksAreThoseCalculatedOneByOne() {
        var stream = new KeyedStream(Digest.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 0));
        for (var first : new long[] {0, LaneHash.LANES, (1L << 32) - LaneHash.LANES, 5L << 32}) {
            var blocks = stream.blocks(first, new LaneHash(new PlainKernels()));
            for (var i = 0; i < LaneHash.LANES; i++)
                assertThat(Blake2sTest.lane(blocks, i)).isEqualTo(stream.block(first + i));
        }
    }

    @Test
    void elementsOfAStreamAreUniformAndDoNotRepeat() {
        var stream = new KeyedStream(Digest.of(new int[8], 0));
        var hash = new LaneHash(new PlainKernels());
        var values = new int[80_003];
        var next = stream.elements(0, values, 1, 40_001, hash);
        var end = stream.elements(next, values, 40_002, 40_001, hash);

        assertThat(values[0]).isZero();
        assertThat(next).isGreaterThan(40_000 / 8).isLessThan(end);
        assertThat(next % LaneHash.LANES).isZero();
        var sixteenths = new int[16];
        for (var value : values) {
            assertThat(BabyBear.isCanonical(value)).isTrue();
            sixteenths[(int) (16L * value / BabyBear.P)]++;
        }
        for (var count : sixteenths) assertThat(count).isBetween(4_600, 5_400);
        assertThat(java.util.Arrays.copyOfRange(values, 1, 1_000))
                .isNotEqualTo(java.util.Arrays.copyOfRange(values, 40_002, 41_001));
    }
}
