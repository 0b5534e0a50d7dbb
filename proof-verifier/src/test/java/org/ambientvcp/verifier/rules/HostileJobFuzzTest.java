package org.ambientvcp.verifier.rules;

import static org.ambientvcp.verifier.rules.Jobs.quorum;
import static org.ambientvcp.verifier.rules.Jobs.result;
import static org.ambientvcp.verifier.rules.Jobs.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.verifier.rules.Judgement.Decided;
import org.junit.jupiter.api.Test;

/// Jobs whose bytes were changed at random, with a fixed seed: always an answer, never an exception, and never
/// acceptance of a result that a node did not sign.
class HostileJobFuzzTest {
    private static final int CASES = 3_000;

    @Test
    void changedBytesAlwaysGiveAnAnswer() {
        var random = new Random(20_261_122);
        var seeds = List.of(
                AvroCodec.encode(
                        single(VerificationLevel.SIGNED, false, result(1).build())),
                AvroCodec.encode(
                        single(VerificationLevel.SPOT_CHECK, true, result(1).build())),
                AvroCodec.encode(quorum(
                        3,
                        2,
                        List.of(result(1).build(), result(2).build(), result(3, result -> result.setGasUsed(1))))));
        var digest = org.ambientvcp.schemas.ResultDigest.of(result(1).build());
        Map<VerdictOutcome, Integer> verdicts = new EnumMap<>(VerdictOutcome.class);
        var readable = 0;
        for (int number = 0; number < CASES; number++) {
            var bytes = changed(seeds.get(number % seeds.size()).clone(), random);
            try {
                var job = AvroCodec.decode(VerificationJob.class, bytes);
                readable++;
                var judgement = Verification.check(job, sha256 -> new Outputs.Found.Missing(), task -> Jobs.run());
                if (!(judgement instanceof Decided decided)) continue;
                verdicts.merge(decided.outcome(), 1, Integer::sum);
                if (decided.outcome() == VerdictOutcome.ACCEPTED)
                    assertThat(decided.resultDigest()).isEqualTo(digest);
            } catch (MalformedEventException refused) {
                // the other answer
            } catch (RuntimeException | StackOverflowError escaped) {
                fail("case " + number, escaped);
            }
        }
        assertThat(readable).isGreaterThan(CASES / 4);
        assertThat(verdicts).containsKeys(VerdictOutcome.ACCEPTED, VerdictOutcome.REJECTED);
    }

    private static byte[] changed(byte[] bytes, Random random) {
        for (int change = random.nextInt(3); change >= 0; change--) {
            var at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ (1 << random.nextInt(8)));
        }
        return bytes;
    }
}
