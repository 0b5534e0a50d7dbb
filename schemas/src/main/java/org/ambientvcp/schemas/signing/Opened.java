package org.ambientvcp.schemas.signing;

/// What came out of a signed envelope.
public sealed interface Opened<T> {
    /// The signature is the signer's, for this domain, over these exact bytes.
    record Valid<T>(String signerId, T event) implements Opened<T> {}

    /// @param code machine-readable: wrong-domain, bad-key, wrong-signer, too-large, bad-signature,
    /// undecodable
    /// @param reason sentence that says what was expected and what came
    record Refused<T>(String code, String reason) implements Opened<T> {}
}
