package org.ambientvcp.schemas.signing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ambientvcp.events.Signed;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Checks signed envelopes. Pure functions.
public final class SignedEvents {
    private SignedEvents() {}

    /// Checks an envelope and reads its payload. Never throws on hostile content.
    public static <T extends SpecificRecord> Opened<T> open(Domain<T> domain, Signed signed) {
        if (!signed.getDomain().equals(domain.name()))
            return new Opened.Refused<>(
                    "wrong-domain", "expected domain " + domain.name() + ", got " + signed.getDomain());
        var publicKey = Bytes.of(signed.getPublicKey());
        if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE)
            return new Opened.Refused<>("bad-key", "expected a public key of 32 bytes, got " + publicKey.length);
        if (!NodeId.of(publicKey).equals(signed.getSignerId()))
            return new Opened.Refused<>(
                    "wrong-signer",
                    "signerId " + signed.getSignerId() + " is not the fingerprint of the public key, "
                            + NodeId.of(publicKey));
        var payload = Bytes.of(signed.getPayload());
        if (!verifies(publicKey, message(domain.name(), payload), Bytes.of(signed.getSignature())))
            return new Opened.Refused<>(
                    "bad-signature", "the signature is not " + signed.getSignerId() + "'s over these bytes");
        try {
            return new Opened.Valid<>(signed.getSignerId(), SingleObject.decode(domain.payload(), payload));
        } catch (MalformedEventException malformed) {
            return new Opened.Refused<>("undecodable", String.valueOf(malformed.getMessage()));
        }
    }

    private static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.validatePublicKeyFull(publicKey, 0)
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    /// The signed bytes: UTF-8(domain) ‖ 0x00 ‖ payload.
    static byte[] message(String domain, byte[] payload) {
        var name = domain.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 1 + payload.length)
                .put(name)
                .put((byte) 0)
                .put(payload)
                .array();
    }
}
