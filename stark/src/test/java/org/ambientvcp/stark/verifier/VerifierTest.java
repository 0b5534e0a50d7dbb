package org.ambientvcp.stark.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ambientvcp.stark.hash.Drbg;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.machines.Fibonacci;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.VerificationKey;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.prover.Hardware;
import org.ambientvcp.stark.prover.Progress;
import org.ambientvcp.stark.prover.Prover;
import org.ambientvcp.stark.prover.ProvingKey;
import org.ambientvcp.stark.security.Profile;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verdict.Reason;
import org.ambientvcp.stark.verifier.Verdict.Rejected;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class VerifierTest {
    private static VerificationKey key;
    private static Statement statement;
    private static byte[] proof;

    @BeforeAll
    static void prove() {
        var hardware = new Hardware(new PlainKernels(), Workers.single());
        var execution = Fibonacci.run(1, 1, 12);
        var provingKey = ProvingKey.of(execution.machine(), Profile.STANDARD, hardware);
        key = provingKey.verificationKey();
        statement = Statement.of(key, execution.publicValues(), Words.ofText("for this alone"));
        var drbg = new Drbg(new byte[32], new byte[16], new byte[0]);
        proof = ProofCodec.encode(
                new Prover(provingKey, hardware).prove(statement, execution.tables(), drbg, Progress.SILENT));
    }

    @Test
    void acceptsWithTheBitsOfTheProfile() {
        assertThat(new Verifier(key).verify(statement, proof)).isEqualTo(new Accepted(100));
    }

    @Test
    void proofIsForItsContextAlone() {
        var other = new Statement(key.digest(), statement.publicValues(), Words.ofText("for another"));

        assertThat(new Verifier(key).verify(other, proof)).isInstanceOf(Rejected.class);
    }

    @Test
    void statementOfAnotherKeyIsRefusedBeforeTheProofIsRead() {
        var other = new VerificationKey(Fibonacci.machine(), Profile.FAST, null);

        assertThat(new Verifier(other).verify(statement, proof)).isEqualTo(new Rejected(new Reason.OtherStatement()));
    }

    @Test
    void statementHasAsManyPublicValuesAsTheMachine() {
        var fewer = new Statement(key.digest(), Words.of(1, 1), statement.context());

        assertThat(new Verifier(key).verify(fewer, proof)).isEqualTo(new Rejected(new Reason.OtherStatement()));
    }

    @Test
    void proofBeyondTheBudgetIsNotRead() {
        var budget = new Budget(proof.length - 1, Duration.ofSeconds(30));

        assertThat(new Verifier(key, budget, System::nanoTime).verify(statement, proof))
                .isEqualTo(new Rejected(new Reason.TooLong(proof.length, proof.length - 1)));
    }

    @Test
    void checkThatTakesTooLongIsGivenUp() {
        var clock = new AtomicLong();
        var budget = new Budget(proof.length, Duration.ofMillis(1));

        assertThat(new Verifier(key, budget, () -> clock.getAndAdd(2_000_000)).verify(statement, proof))
                .isEqualTo(new Rejected(new Reason.OutOfTime()));
    }
}
