package org.ambientvcp.stark.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.security.Profile;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Hardware HARDWARE = new Hardware(Kernels.fastest(), Workers.single());
    private static final Execution EXECUTION = Adder.run(12, 12, 1, 2, 3);

    private static WarmUp warmUp(Execution execution, int most, AtomicInteger seeds) {
        var provingKey = ProvingKey.of(execution.machine(), Profile.STANDARD, HARDWARE);
        var statement = Statement.of(provingKey.verificationKey(), execution.publicValues(), Words.ofText("warm-up"));
        return new WarmUp(
                provingKey,
                HARDWARE,
                statement,
                () -> execution.copy().tables(),
                () -> ProverTest.drbg(seeds.incrementAndGet()),
                most);
    }

    @Test
    void signalComesAfterProofsThatWereVerified() {
        var seeds = new AtomicInteger();

        var report = warmUp(EXECUTION, 2, seeds).start().join();

        assertThat(report.proofNanos()).hasSize(2);
        assertThat(report.settled()).isFalse();
        assertThat(seeds).hasValue(2);
        assertThat(report.fastestNanos()).isPositive().isIn(report.proofNanos());
    }

    @Test
    void proverThatFailsItsOwnTestGivesNoSignal() {
        var wrong = EXECUTION.copy();
        wrong.tables().getFirst()[wrong.machine().chips().getFirst().column("next low")][1]++;

        var signal = warmUp(wrong, 2, new AtomicInteger()).start();

        assertThatThrownBy(signal::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void proofsEndWhenTheyGetNoFaster() {
        var report = warmUp(EXECUTION, 60, new AtomicInteger()).run();

        assertThat(report.settled()).isTrue();
        assertThat(report.proofNanos()).hasSizeBetween(4, 59);
    }

    @Test
    void warmUpWithoutProofsIsRefused() {
        assertThatThrownBy(() -> warmUp(EXECUTION, 0, new AtomicInteger()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
