package org.ambientvcp.stark.verifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.function.LongSupplier;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.fri.FriVerifier;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.lookup.BusBalance;
import org.ambientvcp.stark.lookup.Fingerprint;
import org.ambientvcp.stark.merkle.Opened;
import org.ambientvcp.stark.merkle.OpeningCheck;
import org.ambientvcp.stark.proof.Commitment;
import org.ambientvcp.stark.proof.Openings;
import org.ambientvcp.stark.proof.Proof;
import org.ambientvcp.stark.proof.ProofCodec;
import org.ambientvcp.stark.proof.ProofShape;
import org.ambientvcp.stark.proof.Rounds;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.VerificationKey;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verdict.Reason;
import org.ambientvcp.stark.verifier.Verdict.Rejected;
import org.jspecify.annotations.Nullable;

/// Checks that a proof shows a statement. Answers any bytes at all with a [Verdict], and keeps nothing.
///
/// The steps, which are those of `docs/proof.md`:
///
///  1. the bytes have the shape that the key gives them ([ProofCodec]);
///  2. statement and proof are absorbed and give the challenges ([Rounds]);
///  3. the buses are empty ([BusBalance]);
///  4. the constraints of each chip hold at z ([ConstraintCheck]);
///  5. rows at the queried positions are those that were committed to ([OpeningCheck]);
///  6. they are rows of polynomials of low degree with the values said at z ([BatchedCodewords], [FriVerifier]).
///
/// Immutable; safe for all threads.
public final class Verifier {
    private final VerificationKey key;
    private final Digest keyDigest;
    private final Budget budget;
    private final LongSupplier nanoTime;

    /// @param key from a trusted source; see [VerificationKey]
    public Verifier(VerificationKey key) {
        this(key, Budget.DEFAULT, System::nanoTime);
    }

    /// @param nanoTime a clock that never goes back, in nanoseconds
    public Verifier(VerificationKey key, Budget budget, LongSupplier nanoTime) {
        this.key = key;
        this.keyDigest = key.digest();
        this.budget = budget;
        this.nanoTime = nanoTime;
    }

    /// Decides about one proof of a statement that the caller wants shown.
    public Verdict verify(Statement statement, byte[] proof) {
        if (!statement.keyDigest().equals(keyDigest)
                || statement.publicValues().size() != key.machine().publicValues())
            return new Rejected(new Reason.OtherStatement());
        if (proof.length > budget.bytes()) return new Rejected(new Reason.TooLong(proof.length, budget.bytes()));
        var start = nanoTime.getAsLong();
        var reason = switch (ProofCodec.decode(proof, key, keyDigest)) {
            case ProofCodec.Decoding.Refused(var malformation) -> new Reason.Malformed(malformation);
            case ProofCodec.Decoding.Decoded(var decoded, var shape) ->
                new Check(statement, decoded, shape, start).run();
        };
        return reason == null ? new Accepted(key.profile().targetBits()) : new Rejected(reason);
    }

    /// One check: what the proof says, with the challenges that answer it.
    private final class Check {
        private final Machine machine = key.machine();
        private final Proof proof;
        private final ProofShape shape;
        private final Rounds rounds;
        private final int[] publicValues;
        private final long start;

        Check(Statement statement, Proof proof, ProofShape shape, long start) {
            this.proof = proof;
            this.shape = shape;
            this.start = start;
            rounds = Rounds.start(statement, shape);
            publicValues = Arrays.stream(statement.publicValues().toArray())
                    .map(BabyBear::fromCanonical)
                    .toArray();
        }

        /// What is wrong with the proof, or null.
        @Nullable
        Reason run() {
            var field = rounds.field();
            var fingerprint = new Fingerprint(rounds.main(proof.mainRoot()));
            var busSums = Openings.elements(proof.busSums(), field);
            var alpha = rounds.auxiliary(proof.auxiliaryRoot(), busSums);
            var z = rounds.quotient(proof.quotientRoot());
            var openings = Openings.of(proof.openings(), shape, field);
            var batching = rounds.openings(openings.values());
            var foldings = new ArrayList<Element>();
            for (var root : proof.layerRoots()) foldings.add(rounds.layer(root));
            var finalPolynomial = Openings.elements(proof.finalPolynomial(), field);
            rounds.finalPolynomial(finalPolynomial);
            if (!rounds.grinding(proof.nonce())) return new Reason.WorkMissing();
            var positions = rounds.queries();

            if (isInBaseField(z)) return new Reason.PointInBaseField();
            if (!BusBalance.holds(machine, field, publicValues, fingerprint, busSums))
                return new Reason.BusesUnbalanced();
            var constraints = checkConstraints(openings, fingerprint, alpha, z, busSums);
            if (constraints != null) return constraints;

            var trees = new EnumMap<Commitment, Opened>(Commitment.class);
            var refused = open(positions, trees);
            if (refused != null) return refused;
            var codewords = new BatchedCodewords(shape, machine.chips(), openings, z, batching, trees);
            var commitments = new FriVerifier.Commitments(proof.layerRoots(), foldings, finalPolynomial);
            if (isOutOfTime()) return new Reason.OutOfTime();
            var outcome = new FriVerifier(shape, field, commitments).check(positions, codewords, proof.layers());
            return outcome instanceof FriVerifier.Outcome.Consistent ? null : new Reason.NotLowDegree(outcome);
        }

        private @Nullable Reason checkConstraints(
                Openings openings, Fingerprint fingerprint, Element alpha, Element z, List<Element> busSums) {
            var sums = busSums.iterator();
            for (var table = 0; table < machine.chips().size(); table++) {
                if (isOutOfTime()) return new Reason.OutOfTime();
                var chip = machine.chips().get(table);
                var logRows = shape.tables().get(table).logHeight();
                var busSum = chip.interactions().isEmpty() ? null : sums.next();
                var check = new ConstraintCheck(machine, chip, publicValues, z, logRows);
                if (!check.holds(openings.tables().get(table), fingerprint, alpha, busSum))
                    return new Reason.ConstraintsViolated(chip.name());
            }
            return null;
        }

        private @Nullable Reason open(int[] positions, EnumMap<Commitment, Opened> trees) {
            var openings = proof.trees().iterator();
            for (var commitment : Commitment.values()) {
                if (!shape.has(commitment)) continue;
                if (isOutOfTime()) return new Reason.OutOfTime();
                var tree = shape.tree(commitment);
                var root = root(commitment);
                switch (OpeningCheck.check(tree, root, lower(positions, tree.logRows()), openings.next())) {
                    case Opened opened -> trees.put(commitment, opened);
                    case OpeningCheck.Refused(var reason) -> {
                        return new Reason.OpeningRefused(commitment, reason);
                    }
                }
            }
            return null;
        }

        private Digest root(Commitment commitment) {
            var root = switch (commitment) {
                case PREPROCESSED -> key.preprocessedRoot();
                case MAIN -> proof.mainRoot();
                case AUXILIARY -> proof.auxiliaryRoot();
                case QUOTIENT -> proof.quotientRoot();
            };
            if (root == null) throw new IllegalStateException("shape has a tree without a root: " + commitment);
            return root;
        }

        /// The positions in a tree whose highest table has these rows.
        private int[] lower(int[] positions, int logRows) {
            return Arrays.stream(positions)
                    .map(position -> (position >>> shape.maxLogHeight() << logRows) + (position & ((1 << logRows) - 1)))
                    .toArray();
        }

        private boolean isOutOfTime() {
            return Duration.ofNanos(nanoTime.getAsLong() - start).compareTo(budget.time()) > 0;
        }
    }

    /// The rows and the queried points all lie in the base field.
    private static boolean isInBaseField(Element element) {
        for (var i = 1; i < element.field().degree(); i++) if (element.coefficient(i) != 0) return false;
        return true;
    }
}
