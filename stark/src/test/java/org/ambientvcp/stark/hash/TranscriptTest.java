package org.ambientvcp.stark.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.ambientvcp.stark.kernel.Workers;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final ExtensionField FIELD = ExtensionField.DEGREE_5;
    private static final Digest DIGEST = Blake2s.plain().digest();

    private static Transcript fresh() {
        return new Transcript("test");
    }

    private static Element challenge(Transcript transcript) {
        return transcript.challenge(FIELD);
    }

    @Test
    void absorbingReturnsWhatWasAbsorbed() {
        var transcript = fresh();
        var bytes = new byte[] {1, 2};
        var elements = List.of(FIELD.one());

        assertThat(transcript.absorb("bytes", bytes)).isSameAs(bytes);
        assertThat(transcript.absorb("digest", DIGEST)).isSameAs(DIGEST);
        assertThat(transcript.absorb("element", FIELD.one())).isEqualTo(FIELD.one());
        assertThat(transcript.absorb("elements", elements)).isSameAs(elements);
        assertThat(transcript.absorb("words", 1, 2)).containsExactly(1, 2);
    }

    @Test
    void everyMessageItsLabelAndItsBordersChangeTheChallenges() {
        var seen = new ArrayList<Element>();
        seen.add(challenge(fresh()));
        seen.add(challenge(new Transcript("another")));
        for (var label : List.of("a", "ab", ""))
            for (var data : List.of("", "b", "bc", "abc")) {
                var transcript = fresh();
                transcript.absorb(label, data.getBytes(StandardCharsets.UTF_8));
                seen.add(challenge(transcript));
            }
        var twice = fresh();
        twice.absorb("a", new byte[] {98});
        twice.absorb("a", new byte[] {98});
        seen.add(challenge(twice));
        var words = fresh();
        words.absorb("words", 1, 0);
        seen.add(challenge(words));
        var fewer = fresh();
        fewer.absorb("words", 1);
        seen.add(challenge(fewer));

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void sameHistoryGivesTheSameChallenges() {
        var first = fresh();
        var second = fresh();
        first.absorb("root", DIGEST);
        second.absorb("root", DIGEST);

        for (var i = 0; i < 20; i++) assertThat(challenge(first)).isEqualTo(challenge(second));
        assertThat(first.index(20)).isEqualTo(second.index(20));
    }

    @Test
    void copyGoesOnByItself() {
        var transcript = fresh();
        challenge(transcript);
        var copy = transcript.copy();
        copy.absorb("x", 1);

        assertThat(transcript.copy().index(31)).isEqualTo(transcript.index(31));
        assertThat(challenge(copy)).isNotEqualTo(challenge(transcript));
    }

    @Test
    void challengesDoNotRepeat() {
        var transcript = fresh();
        var seen = new HashSet<Element>();

        for (var i = 0; i < 1_000; i++)
            assertThat(seen.add(challenge(transcript))).isTrue();
        transcript.absorb("x", 1);
        assertThat(seen.add(challenge(transcript))).isTrue();
    }

    @Test
    void challengesFillTheField() {
        var transcript = fresh();
        var sixteenths = new int[16];
        for (var i = 0; i < 2_000; i++) {
            var challenge = transcript.challenge(ExtensionField.DEGREE_6);
            for (var j = 0; j < 6; j++)
                sixteenths[(int) (16L * BabyBear.toCanonical(challenge.coefficient(j)) / BabyBear.P)]++;
        }

        for (var count : sixteenths) assertThat(count).isBetween(600, 900);
    }

    @Test
    void indicesHaveTheirBits() {
        var transcript = fresh();
        var seen = new HashSet<Integer>();
        for (var i = 0; i < 500; i++) seen.add(transcript.index(4));

        assertThat(seen).hasSize(16).allMatch(index -> index >= 0 && index < 16);
        assertThat(transcript.index(0)).isZero();
        assertThat(transcript.index(31)).isNotNegative();
        assertThatThrownBy(() -> transcript.index(32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> transcript.index(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAProofOfWorkIsAcceptedAndAnyNonceChangesWhatFollows() {
        var transcript = fresh();
        var bits = 10;
        var nonce = Grinding.nonce(transcript, bits, new PlainKernels(), Workers.single());
        var accepted = 0;
        for (long other = 0; other < nonce; other++) if (transcript.copy().absorbGrinding(other, bits)) accepted++;
        var next = transcript.copy();
        var after = transcript.copy();

        assertThat(accepted).isZero();
        assertThat(next.absorbGrinding(nonce + (1L << 40), 0)).isTrue();
        assertThat(after.absorbGrinding(nonce, bits)).isTrue();
        assertThat(challenge(next)).isNotEqualTo(challenge(after));
        assertThat(Grinding.nonce(transcript, 0, new PlainKernels(), Workers.single()))
                .isZero();
        assertThatThrownBy(() -> transcript.absorbGrinding(0, 33)).isInstanceOf(IllegalArgumentException.class);
    }

    /// The stored answers are those of another implementation, thirty lines of Python over hashlib.blake2s; a change of
    /// them is a change of the protocol.
    @Test
    void vectorsAreTheStoredOnes() {
        var transcript = new Transcript("vectors-1");
        var lines = new ArrayList<String>();
        lines.add("challenge " + challenge(transcript));
        transcript.absorb("bytes", "message".getBytes(StandardCharsets.UTF_8));
        lines.add("challenge " + challenge(transcript));
        lines.add("challenge " + transcript.challenge(ExtensionField.DEGREE_6));
        transcript.absorb("digest", DIGEST);
        lines.add("index " + transcript.index(20) + " " + transcript.index(31));
        transcript.absorb("elements", List.of(FIELD.one(), FIELD.basis(4)));
        transcript.absorb("words", 0, -1);
        lines.add("challenge " + challenge(transcript));
        var nonce = Grinding.nonce(transcript, 12, new PlainKernels(), Workers.single());
        lines.add("nonce " + nonce + " " + transcript.absorbGrinding(nonce, 12));
        lines.add("challenge " + challenge(transcript));

        assertThat(lines).containsExactlyElementsOf(stored());
    }

    private static List<String> stored() {
        try (var in = TranscriptTest.class.getResourceAsStream("transcript-1.txt")) {
            if (in == null) throw new IllegalStateException("no transcript-1.txt");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
