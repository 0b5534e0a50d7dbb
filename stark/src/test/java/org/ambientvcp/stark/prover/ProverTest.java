package org.ambientvcp.stark.prover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.ambientvcp.stark.hash.Drbg;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Fibonacci;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.security.Profile;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProverTest {
    private static final Hardware HARDWARE = new Hardware(Kernels.fastest(), Workers.single());

    @ParameterizedTest
    @ValueSource(strings = {"FAST", "STANDARD", "COMPACT", "HIGH_128"})
    void honestFibonacciIsAccepted(String name) {
        var profile = Profile.ofName(name).orElseThrow();

        var verdict = proveAndVerify(Fibonacci.run(1, 1, profile.parameters().logMinHeight()), profile);

        assertThat(verdict).isEqualTo(new Verdict.Accepted(profile.targetBits()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAST", "STANDARD", "COMPACT", "HIGH_128"})
    void twoChipsOfDifferentHeightsAreAccepted(String name) {
        var profile = Profile.ofName(name).orElseThrow();
        var numbers = new Random(1).ints(5000).toArray();

        var verdict = proveAndVerify(Adder.run(14, 13, numbers), profile);

        assertThat(verdict).isEqualTo(new Verdict.Accepted(profile.targetBits()));
    }

    @Test
    void wrongSumIsRefused() {
        var execution = Adder.run(14, 12, 1, 2, 3);
        execution.tables().getFirst()[execution.machine().chips().getFirst().column("next low")][1]++;

        assertThat(proveAndVerify(execution, Profile.STANDARD)).isInstanceOf(Verdict.Rejected.class);
    }

    static Verdict proveAndVerify(Execution execution, Profile profile) {
        var provingKey = ProvingKey.of(execution.machine(), profile, HARDWARE);
        var key = provingKey.verificationKey();
        var statement = Statement.of(key, execution.publicValues(), Words.ofText("test"));
        var proof = new Prover(provingKey, HARDWARE).prove(statement, execution.tables(), drbg(1), Progress.SILENT);
        return new Verifier(key).verify(statement, ProofCodec.encode(proof));
    }

    static Drbg drbg(int seed) {
        var entropy = new byte[32];
        entropy[0] = (byte) seed;
        return new Drbg(entropy, new byte[16], "test".getBytes(StandardCharsets.UTF_8));
    }
}
