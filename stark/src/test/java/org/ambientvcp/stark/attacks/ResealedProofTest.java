package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.Grinding;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.proof.Openings;
import org.ambientvcp.stark.proof.Proof;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.Rounds;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verdict.Reason;
import org.ambientvcp.stark.verifier.Verdict.Rejected;
import org.junit.jupiter.api.Test;

/// Proofs in which one value is changed and the work done again: the grinding alone would refuse them all, and hide
/// whether the other checks do.
class ResealedProofTest {
    private static final Execution EXECUTION = Adder.run(12, 12, 1, 2, 3);
    private static final Proof PROOF = Proofs.prove(EXECUTION, 1);
    private static final int DEGREE = 5;

    /// Of the table of the adder: 8 columns.
    private static final int MAIN_COLUMNS = 8;

    @Test
    void theSameProofSealedAgainIsAccepted() {
        assertThat(Proofs.verify(EXECUTION.machine(), EXECUTION.publicValues(), ProofCodec.encode(sealed(PROOF))))
                .isEqualTo(new Accepted(100));
    }

    @Test
    void aChangedBusSumUnbalancesTheBuses() {
        for (var at = 0; at < PROOF.busSums().size(); at++)
            assertThat(reason(ProofEdit.withValues(
                            PROOF, ProofEdit.plusOne(PROOF.busSums(), at), PROOF.openings(), PROOF.finalPolynomial())))
                    .isEqualTo(new Reason.BusesUnbalanced());
    }

    @Test
    void aChangedValueAtThePointViolatesAConstraint() {
        for (var column = 0; column < MAIN_COLUMNS; column++)
            assertThat(reason(withOpening(column * DEGREE + column % DEGREE)))
                    .isEqualTo(new Reason.ConstraintsViolated(Adder.CHIP));
    }

    @Test
    void aChangedFinalPolynomialIsNotTheFoldedOne() {
        for (var at = 0; at < PROOF.finalPolynomial().size(); at += 13)
            assertThat(reason(ProofEdit.withValues(
                            PROOF, PROOF.busSums(), PROOF.openings(), ProofEdit.plusOne(PROOF.finalPolynomial(), at))))
                    .isInstanceOfAny(Reason.NotLowDegree.class, Reason.OpeningRefused.class);
    }

    @Test
    void aChangedRootIsRefused() {
        var other = Digest.of(new int[Digest.WORDS], 0);
        assertThat(reason(ProofEdit.withRoots(PROOF, other, PROOF.quotientRoot())))
                .isNotNull();
        assertThat(reason(ProofEdit.withRoots(PROOF, PROOF.mainRoot(), other))).isNotNull();
        for (var layer = 0; layer < PROOF.layerRoots().size(); layer++) {
            var roots = new ArrayList<>(PROOF.layerRoots());
            roots.set(layer, other);
            assertThat(reason(ProofEdit.withLayers(PROOF, roots, PROOF.layers())))
                    .isNotNull();
        }
    }

    private static Proof withOpening(int at) {
        return ProofEdit.withValues(
                PROOF, PROOF.busSums(), ProofEdit.plusOne(PROOF.openings(), at), PROOF.finalPolynomial());
    }

    private static Reason reason(Proof changed) {
        var bytes = ProofCodec.encode(sealed(changed));
        var verdict = Proofs.verify(EXECUTION.machine(), EXECUTION.publicValues(), bytes);
        var reason = ((Rejected) verdict).reason();
        assertThat(reason).isNotEqualTo(new Reason.WorkMissing());
        return reason;
    }

    /// With a nonce for what the proof says now.
    private static Proof sealed(Proof proof) {
        var key = Proofs.key(EXECUTION.machine());
        var rounds = Rounds.start(
                Proofs.statement(EXECUTION.machine(), EXECUTION.publicValues()), key.shape(proof.logHeights()));
        var field = rounds.field();
        rounds.main(proof.mainRoot());
        rounds.auxiliary(proof.auxiliaryRoot(), Openings.elements(proof.busSums(), field));
        rounds.quotient(proof.quotientRoot());
        rounds.openings(Openings.elements(proof.openings(), field));
        proof.layerRoots().forEach(rounds::layer);
        rounds.finalPolynomial(Openings.elements(proof.finalPolynomial(), field));
        var bits = key.profile().parameters().grindingBits();
        return ProofEdit.withNonce(
                proof, Grinding.nonce(rounds.transcript(), bits, Kernels.fastest(), Workers.single()));
    }
}
