package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verdict.Reason;
import org.ambientvcp.stark.verifier.Verdict.Rejected;
import org.ambientvcp.stark.verifier.Verifier;
import org.junit.jupiter.api.Test;

/// Damaged proofs are refused, whatever the damage is. `-Dvcp.proof.mutations=N` makes another number of them,
/// `-Dvcp.proof.seed=N` begins at another seed.
class ProofMutationTest {
    private static final long MUTATIONS = Long.getLong("vcp.proof.mutations", 10_000);
    private static final long FIRST_SEED = Long.getLong("vcp.proof.seed", 1);

    /// A proof, and another one of the same statement to take pieces from.
    private static final class Original {
        private final Execution execution;
        private final byte[] proof;
        private final byte[] sameStatement;

        Original(Execution execution) {
            this.execution = execution;
            proof = ProofCodec.encode(Proofs.prove(execution, 1));
            sameStatement = ProofCodec.encode(Proofs.prove(execution, 2));
            assertThat(verify(execution, proof)).isInstanceOf(Accepted.class);
            assertThat(verify(execution, sameStatement)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void everyDamagedProofIsRefused() {
        var originals = List.of(
                new Original(FibonacciCheats.honest()),
                new Original(Adder.run(12, 12, 1, 2, 3)),
                new Original(RamCheats.honest()));
        var reasons = new ConcurrentSkipListMap<String, Integer>();

        LongStream.range(FIRST_SEED, FIRST_SEED + MUTATIONS).parallel().forEach(seed -> {
            var random = new SplittableRandom(seed);
            var original = originals.get(random.nextInt(originals.size()));
            var donor = random.nextInt(4) == 0
                    ? originals.get(random.nextInt(originals.size())).proof
                    : original.sameStatement;
            var damaged = ProofDamage.of(original.proof, donor, random);
            if (Arrays.equals(damaged, original.proof) || Arrays.equals(damaged, original.sameStatement)) return;
            var verdict = verify(original.execution, damaged);
            assertThat(verdict).as("seed %d", seed).isInstanceOf(Rejected.class);
            reasons.merge(name(((Rejected) verdict).reason()), 1, Integer::sum);
        });

        System.out.println("damaged proofs are refused for " + new TreeMap<>(reasons));
        assertThat(reasons).doesNotContainKey("OutOfTime");
        if (MUTATIONS >= 10_000)
            assertThat(reasons.keySet())
                    .contains(
                            "Truncated",
                            "Count",
                            "NotCanonical",
                            "WorkMissing",
                            "OpeningRefused",
                            "TrailingBytes",
                            "Height");
    }

    private static Verdict verify(Execution execution, byte[] proof) {
        var machine = execution.machine();
        return new Verifier(Proofs.key(machine)).verify(Proofs.statement(machine, execution.publicValues()), proof);
    }

    private static String name(Reason reason) {
        return reason instanceof Reason.Malformed malformed
                ? malformed.malformation().getClass().getSimpleName()
                : reason.getClass().getSimpleName();
    }
}
