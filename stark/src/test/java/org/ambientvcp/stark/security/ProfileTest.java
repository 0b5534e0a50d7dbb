package org.ambientvcp.stark.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    private static final Profile STANDARD = Profile.STANDARD;

    @ParameterizedTest
    @MethodSource("org.ambientvcp.stark.security.Profile#all")
    void everyProfileReachesItsTargetWhereThingsAreProven(Profile profile) {
        assertThat(profile.soundness().regime().isProven()).isTrue();
        assertThat(profile.soundness().wholeBits()).isGreaterThanOrEqualTo(profile.targetBits());
        assertThat(Profile.ofId(profile.id())).contains(profile);
        assertThat(Profile.ofName(profile.name().toLowerCase(java.util.Locale.ROOT)))
                .contains(profile);
    }

    @Test
    void aProfileBelowItsTargetCannotBeConstructed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(new Parameters(5, 2, 87, 20, 128), STANDARD.limits(), 101))
                .withMessage("OTHER reaches 100.18 of 101 bits: batching");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(new Parameters(5, 2, 60, 20, 128), STANDARD.limits(), 100))
                .withMessageContaining("of 100 bits: queries");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(STANDARD.parameters(), new Sizes(22, 2400, 4000, 1 << 25, 9), 100))
                .withMessageContaining("of 100 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(STANDARD.parameters(), STANDARD.limits(), 128))
                .withMessageContaining("of 128 bits");
    }

    @Test
    void aTargetThatIsNoSecurityCannotBeSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(new Parameters(5, 2, 1, 0, 128), new Sizes(12, 2, 1, 0, 1), 1))
                .withMessage("targetBits is not 100–256: 1");
    }

    @Test
    void noQueriesAreNoParameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Parameters(5, 2, 0, 20, 128))
                .withMessage("queries is not 1–1024: 0");
    }

    @Test
    void fewerRandomisersThanOpeningsAreNoParameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Parameters(5, 2, 98, 20, 128))
                .withMessage("randomisers is not at least 129: 128");
        assertThat(new Parameters(5, 2, 97, 20, 128).randomisers()).isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 7})
    void challengesComeFromFieldsOfDegreeFiveOrSix(int degree) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters(degree, 2, 88, 20, 128));
    }

    @Test
    void theFewestRowsAre32TimesTheRandomisers() {
        assertThat(STANDARD.parameters().logMinHeight()).isEqualTo(12);
        assertThat(Profile.FAST.parameters().logMinHeight()).isEqualTo(13);
    }

    @Test
    void theTableRoundsDown() {
        var table = SecurityTable.markdown(Profile.all());

        assertThat(table)
                .startsWith("| bits | FAST | STANDARD | COMPACT | HIGH_128 |\n|---|---|---|---|---|\n")
                .contains("| batching: gap·(K−1)/F | 100.0 | 100.7 | 101.0 | 128.4 |")
                .contains("| **claimed: Johnson bound, proven** | 100.0 | 100.7 | 100.6 | 128.0 |")
                .contains("| not claimed: unique decoding, proven | 92.8 | 78.8 | 67.8 | 96.9 |");
    }

    private static Profile with(Parameters parameters, Sizes limits, int target) {
        return new Profile(99, "OTHER", parameters, limits, target);
    }
}
