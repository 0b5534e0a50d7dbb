package org.ambientvcp.stark.verifier;

import org.ambientvcp.stark.fri.FriVerifier;
import org.ambientvcp.stark.merkle.OpeningCheck;
import org.ambientvcp.stark.proof.Commitment;
import org.ambientvcp.stark.proof.Malformation;

/// The outcome of checking one proof. A bad proof is an answer, not an exception.
public sealed interface Verdict {

    /// The machine has an execution with the statement's public values.
    ///
    /// @param securityBits what is proven of the profile, see [org.ambientvcp.stark.security.Profile]
    record Accepted(int securityBits) implements Verdict {}

    record Rejected(Reason reason) implements Verdict {}

    sealed interface Reason {
        /// The statement is not one of the key: it names another, or has not as many public values.
        record OtherStatement() implements Reason {}

        /// The proof is longer than the budget allows.
        record TooLong(long bytes, long limit) implements Reason {}

        /// The budget of time was used up before there was an answer.
        record OutOfTime() implements Reason {}

        /// The bytes are no proof for the key.
        record Malformed(Malformation malformation) implements Reason {}

        /// The point where everything is opened lies in the base field. No honest prover meets it but by chance.
        record PointInBaseField() implements Reason {}

        /// Some bus is not empty at the end.
        record BusesUnbalanced() implements Reason {}

        /// The constraints of a chip do not hold on all rows.
        record ConstraintsViolated(String chip) implements Reason {}

        /// The nonce is no proof of work.
        record WorkMissing() implements Reason {}

        /// The opening of a tree is not one of its root.
        record OpeningRefused(Commitment commitment, OpeningCheck.Reason reason) implements Reason {}

        /// The columns are not what was said of them outside the domain, or are no polynomials of low degree.
        record NotLowDegree(FriVerifier.Outcome outcome) implements Reason {}
    }
}
