package org.ambientvcp.stark.security;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The bits of security against a prover who cheats, term by term: one for each round in which the verifier's
/// challenge can be an unlucky one. After the Fiat–Shamir transformation a cheating prover can try again at any round,
/// so that what
/// counts is the weakest round, not their sum.
///
/// Letters: ρ is the rate including the randomisers, α the agreement a word may have with the code before a query finds
/// it out,
/// m the multiplicity of the list decoder, L the length of the list, F the size of the challenge field, D the largest
/// LDE domain,
/// n the largest height including the randomisers, K the openings, C the constraints, N the interactions, W the width
/// of a message.
///
/// @param regime what it rests on
/// @param multiplicity m; 1 where no list is decoded
/// @param terms in the order of the protocol
public record Soundness(Regime regime, int multiplicity, List<Term> terms) {
    private static final double FIELD_BITS = log2(0x78000001);
    private static final int MOST_MULTIPLICITY = 200;
    private static final double DIGEST_COLLISION_BITS = 128;

    /// One way to cheat.
    ///
    /// @param name what fails
    /// @param formula for the probability, in the letters of [Soundness]
    /// @param bits binary logarithm of the expected tries until it succeeds
    public record Term(String name, String formula, double bits) {}

    public Soundness {
        terms = List.copyOf(terms);
    }

    /// Computes all terms; in the Johnson regime with the multiplicity that proves most: the theorem holds for each.
    public static Soundness of(Parameters parameters, Sizes sizes, Regime regime) {
        if (regime != Regime.JOHNSON) return of(parameters, sizes, regime, 1);
        return IntStream.range(2, MOST_MULTIPLICITY)
                .mapToObj(multiplicity -> of(parameters, sizes, regime, multiplicity))
                .max(Comparator.comparingDouble(Soundness::bits))
                .orElseThrow();
    }

    static Soundness of(Parameters parameters, Sizes sizes, Regime regime, int multiplicity) {
        var field = parameters.extensionDegree() * FIELD_BITS;
        var slack = 1 + 1.0 / Parameters.FINAL_ROWS;
        var height = StrictMath.scalb(slack, sizes.logHeight());
        var domain = StrictMath.scalb(1.0, sizes.logHeight() + parameters.logBlowup());
        var code = Code.of(regime, StrictMath.scalb(slack, -parameters.logBlowup()), domain, field, multiplicity);
        var degree = Sizes.CONSTRAINT_DEGREE;
        return new Soundness(
                regime,
                multiplicity,
                List.of(
                        new Term(
                                "bus sums (LogUp)",
                                "N(W+2)/F",
                                field - log2(Math.max(1, sizes.interactions()) * (sizes.messageWidth() + 2.0))),
                        new Term("constraints (ALI)", "L·C/F", field - log2(code.list * sizes.constraints())),
                        new Term(
                                "out of domain (DEEP)",
                                "L(3(n+1)+n−1)/F",
                                field - log2(code.list * (degree * (height + 1) + height - 1))),
                        new Term("batching", "gap·(K−1)/F", field - log2(code.gap * (sizes.openings() - 1.0))),
                        new Term("folding", "gap·8/F", field - log2(code.gap * (1 << Parameters.LOG_ARITY))),
                        new Term(
                                "queries",
                                "2^−grinding·α^queries",
                                parameters.grindingBits() - parameters.queries() * log2(code.agreement)),
                        new Term("hash collisions", "BLAKE2s-256", DIGEST_COLLISION_BITS)));
    }

    /// The weakest term's.
    public double bits() {
        return binding().bits();
    }

    /// The weakest term.
    public Term binding() {
        return terms.stream().min(Comparator.comparingDouble(Term::bits)).orElseThrow();
    }

    /// Whole bits that can be claimed.
    public int wholeBits() {
        return (int) StrictMath.floor(bits());
    }

    private static double log2(double value) {
        return StrictMath.log(value) / StrictMath.log(2);
    }

    /// What a regime says of the code: the list length, the agreement that queries must find out, and the
    /// numerator of the proximity gap's error for a line.
    private record Code(double list, double agreement, double gap) {
        static Code of(Regime regime, double rate, double domain, double fieldBits, int multiplicity) {
            return switch (regime) {
                case UNIQUE_DECODING -> new Code(1, (1 + rate) / 2, domain + 1);
                case RANDOM_WORDS -> {
                    var margin = rate * log2(StrictMath.E / rate) / fieldBits;
                    yield new Code(1, rate + margin, domain + 1);
                }
                case JOHNSON -> johnson(rate, domain, multiplicity + 0.5);
            };
        }

        private static Code johnson(double rate, double domain, double m) {
            var root = StrictMath.sqrt(rate);
            var agreement = root * (1 + 0.5 / (m - 0.5));
            var gap =
                    (2 * StrictMath.pow(m, 5) + 3 * m * (1 - agreement) * rate) * domain / (3 * rate * root) + m / root;
            return new Code(m / root, agreement, gap);
        }
    }
}
