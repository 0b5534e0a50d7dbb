package org.ambientvcp.stark.proof;

import static org.ambientvcp.stark.field.ExtensionField.ofDegree;

import java.util.List;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.Transcript;
import org.jspecify.annotations.Nullable;

/// The rounds of the protocol: what is said, in which order, and which challenge answers it. Prover and verifier go
/// through the same one, so neither can forget to absorb what the other did.
///
/// ```text
/// start  ▸ main  ▸ γ, β ▸ auxiliary, bus sums ▸ α ▸ quotient ▸ z ▸ openings ▸ batching
///        ▸ layer ▸ folding …  ▸ final polynomial ▸ nonce ▸ queries
/// ```
///
/// Not thread-safe.
public final class Rounds {
    private static final String DOMAIN = "ambient-vcp stark v1";

    private final Transcript transcript;
    private final ProofShape shape;
    private final ExtensionField field;

    /// γ, where messages are taken off the line, and β, of which their entries are coefficients.
    public record LookupChallenges(Element gamma, Element beta) {}

    private Rounds(Transcript transcript, ProofShape shape) {
        this.transcript = transcript;
        this.shape = shape;
        field = ofDegree(shape.parameters().extensionDegree());
    }

    /// Absorbs all that is fixed before the prover says anything. The statement names the key, and the key its profile.
    public static Rounds start(Statement statement, ProofShape shape) {
        var transcript = new Transcript(DOMAIN);
        var parameters = shape.parameters();
        transcript.absorb(
                "parameters",
                parameters.extensionDegree(),
                parameters.logBlowup(),
                parameters.queries(),
                parameters.grindingBits(),
                parameters.randomisers());
        transcript.absorb("statement", statement.encode().toArray());
        transcript.absorb(
                "heights",
                shape.tables().stream().mapToInt(TableShape::logHeight).toArray());
        return new Rounds(transcript, shape);
    }

    public ExtensionField field() {
        return field;
    }

    public LookupChallenges main(Digest root) {
        transcript.absorb("main", root);
        return new LookupChallenges(transcript.challenge(field), transcript.challenge(field));
    }

    /// @return α, whose powers combine the constraints of a table
    public Element auxiliary(@Nullable Digest root, List<Element> busSums) {
        if (root != null) {
            transcript.absorb("auxiliary", root);
            transcript.absorb("bus sums", busSums);
        }
        return transcript.challenge(field);
    }

    /// @return z, where everything is opened
    public Element quotient(Digest root) {
        transcript.absorb("quotient", root);
        return transcript.challenge(field);
    }

    /// @return whose powers combine the openings into the codewords of FRI
    public Element openings(List<Element> values) {
        transcript.absorb("openings", values);
        return transcript.challenge(field);
    }

    /// @return the challenge that folds this layer
    public Element layer(Digest root) {
        transcript.absorb("layer", root);
        return transcript.challenge(field);
    }

    public void finalPolynomial(List<Element> coefficients) {
        transcript.absorb("final polynomial", coefficients);
    }

    /// Whether the nonce is a proof of the work that the parameters ask for.
    public boolean grinding(long nonce) {
        return transcript.absorbGrinding(nonce, shape.parameters().grindingBits());
    }

    /// Positions in the domain of the tallest table, one for each query; some may be the same.
    public int[] queries() {
        var positions = new int[shape.parameters().queries()];
        var logSize = shape.maxLogHeight() + shape.parameters().logBlowup();
        for (var i = 0; i < positions.length; i++) positions[i] = transcript.index(logSize);
        return positions;
    }

    /// For the prover, which has to find a nonce for the transcript as it is.
    public Transcript transcript() {
        return transcript;
    }
}
