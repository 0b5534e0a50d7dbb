package org.ambientvcp.stark.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against values of an independent program, written from the papers in another language.
class SoundnessTest {
    private static final double ROUNDING = 0.000_06;

    @ParameterizedTest
    @CsvSource({
        "FAST, JOHNSON, 19, 126.0750, 137.8055, 127.7269, 100.0308, 108.2590, 100.1397",
        "FAST, UNIQUE_DECODING, 1, 126.0750, 142.5687, 132.4901, 122.3062, 130.5345, 92.8159",
        "FAST, RANDOM_WORDS, 1, 126.0750, 142.5687, 132.4901, 122.3062, 130.5345, 189.8766",
        "STANDARD, JOHNSON, 12, 126.0750, 137.9470, 127.8684, 100.7385, 108.9667, 100.8640",
        "STANDARD, UNIQUE_DECODING, 1, 126.0750, 142.5687, 132.4901, 121.3062, 129.5345, 78.8793",
        "STANDARD, RANDOM_WORDS, 1, 126.0750, 142.5687, 132.4901, 121.3062, 129.5345, 189.3317",
        "COMPACT, JOHNSON, 8, 126.0750, 138.0034, 127.9248, 101.0204, 109.2487, 100.6397",
        "COMPACT, UNIQUE_DECODING, 1, 126.0750, 142.5687, 132.4901, 120.3062, 128.5345, 67.8543",
        "COMPACT, RANDOM_WORDS, 1, 126.0750, 142.5687, 132.4901, 120.3062, 128.5345, 189.0768",
        "HIGH_128, JOHNSON, 19, 156.9819, 168.2124, 158.1337, 128.4377, 136.6659, 128.1377",
        "HIGH_128, UNIQUE_DECODING, 1, 156.9819, 173.4756, 163.3969, 152.2131, 160.4413, 96.9446",
        "HIGH_128, RANDOM_WORDS, 1, 156.9819, 173.4756, 163.3969, 152.2131, 160.4413, 241.8818",
    })
    void everyTermOfEveryProfileIsTheReferences(
            String name,
            Regime regime,
            int multiplicity,
            double sums,
            double ali,
            double deep,
            double batching,
            double folding,
            double queries) {
        var profile = Profile.ofName(name).orElseThrow();

        var soundness = Soundness.of(profile.parameters(), profile.limits(), regime);

        assertThat(soundness.multiplicity()).isEqualTo(multiplicity);
        assertThat(soundness.terms().stream().mapToDouble(Soundness.Term::bits).toArray())
                .containsExactly(new double[] {sums, ali, deep, batching, folding, queries, 128}, within(ROUNDING));
    }

    @Test
    void aSmallStatementIsTheReferences() {
        var sizes = new Sizes(13, 100, 80, 1 << 17, 5);

        var soundness = Soundness.of(Profile.STANDARD.parameters(), sizes, Regime.JOHNSON);

        assertThat(soundness.multiplicity()).isEqualTo(37);
        assertThat(soundness.bits()).isEqualTo(104.3425, within(ROUNDING));
        assertThat(soundness.wholeBits()).isEqualTo(104);
        assertThat(soundness.binding().name()).isEqualTo("queries");
    }

    @Test
    void moreToCheatWithIsNeverSafer() {
        var parameters = Profile.STANDARD.parameters();
        var bits = Soundness.of(parameters, new Sizes(16, 500, 300, 1 << 20, 6), Regime.JOHNSON)
                .terms();

        var larger = Soundness.of(parameters, new Sizes(18, 900, 600, 1 << 22, 9), Regime.JOHNSON, 20);
        var smaller = Soundness.of(parameters, new Sizes(16, 500, 300, 1 << 20, 6), Regime.JOHNSON, 20);

        assertThat(bits).hasSize(7);
        for (var i = 0; i < 7; i++)
            assertThat(larger.terms().get(i).bits())
                    .as(larger.terms().get(i).name())
                    .isLessThanOrEqualTo(smaller.terms().get(i).bits());
        assertThat(larger.bits()).isLessThan(smaller.bits());
    }

    @Test
    void aMachineWithoutBusesHasNothingToLoseThere() {
        var soundness = Soundness.of(Profile.FAST.parameters(), new Sizes(13, 2, 1, 0, 1), Regime.JOHNSON);

        assertThat(soundness.bits()).isFinite().isGreaterThan(100);
    }
}
