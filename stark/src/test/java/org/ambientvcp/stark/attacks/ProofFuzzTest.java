package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.ambientvcp.stark.verifier.Verdict.Rejected;
import org.junit.jupiter.api.Test;

/// Random inputs of [ProofFuzzer], from a fixed seed.
class ProofFuzzTest {
    @Test
    void noBytesProveAFalseStatement() {
        var random = new SplittableRandom(20_261_122);
        for (var i = 0; i < 300; i++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);

            ProofFuzzer.fuzzerTestOneInput(bytes);
            assertThat(ProofFuzzer.verdict(bytes)).isInstanceOf(Rejected.class);
        }
    }
}
