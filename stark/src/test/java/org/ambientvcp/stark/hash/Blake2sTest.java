package org.ambientvcp.stark.hash;

import static org.ambientvcp.stark.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Blake2sTest {
    @SuppressWarnings("ArrayRecordComponent") // a bundle of arguments, never compared
    private record Words(int[] values) {
        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    private static Words words(RandomGenerator random) {
        return new Words(random.ints(random.nextInt(0, 70)).toArray());
    }

    /// RFC 7693, appendix B.
    @Test
    void hashOfAbcIsThatOfTheRfc() {
        assertThat(Blake2s.plain()
                        .update("abc".getBytes(StandardCharsets.US_ASCII))
                        .digest())
                .hasToString("508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
    }

    @Test
    void hashOfNothingIsTheKnownOne() {
        assertThat(Blake2s.plain().digest())
                .hasToString("69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9");
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void allLanesGiveTheDigestsOfBouncyCastle(Purpose purpose) {
        var lanes = new LaneHash(new PlainKernels());

        forAll(40, Blake2sTest::words, words -> {
            lanes.begin(purpose);
            for (var word : words.values) {
                var all = new int[LaneHash.LANES];
                for (var lane = 0; lane < all.length; lane++) all[lane] = word * (lane + 1);
                lanes.update(all, 0, all.length);
            }
            var digests = lanes.digests();
            for (var lane = 0; lane < LaneHash.LANES; lane++) {
                var expected = Blake2s.of(purpose);
                for (var word : words.values) expected.update(word * (lane + 1));
                assertThat(lane(digests, lane)).isEqualTo(expected.digest());
            }
        });
    }

    static Digest lane(int[] digests, int lane) {
        var words = new int[Digest.WORDS];
        for (var w = 0; w < words.length; w++) words[w] = digests[w * LaneHash.LANES + lane];
        return Digest.of(words, 0);
    }

    @Test
    void purposesHaveDifferentDigestsOfOneMessage() {
        var digests = Arrays.stream(Purpose.values())
                .map(purpose -> Blake2s.of(purpose).update(7).digest())
                .toList();

        assertThat(digests)
                .doesNotHaveDuplicates()
                .doesNotContain(Blake2s.plain().update(7).digest());
        for (var purpose : Purpose.values())
            assertThat(purpose.personalization()).hasSize(8);
    }

    @Test
    void wordsAndDigestsAreHashedAsTheirLittleEndianBytes() {
        var digest = Blake2s.plain().update(1).digest();

        assertThat(Blake2s.plain().update(new byte[] {1, 0, 0, 0}).digest()).isEqualTo(digest);
        assertThat(Blake2s.plain().update(digest).digest())
                .isEqualTo(Blake2s.plain().update(digest.bytes()).digest());
    }

    @Test
    void digestIsItsBytesAndItsWords() {
        var digest = Blake2s.plain().digest();
        var words = new int[Digest.WORDS + 3];
        digest.copyTo(words, 3);

        assertThat(Digest.of(digest.bytes())).isEqualTo(digest).hasSameHashCodeAs(digest);
        assertThat(Digest.of(words, 3)).isEqualTo(digest);
        assertThatThrownBy(() -> Digest.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
