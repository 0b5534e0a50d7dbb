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

/// Checks signed envelopes. Pure functions; thread-safe.
///
/// The check is strict: the key is a canonical point of the prime-order subgroup, so no small-order key signs
/// for everything; the scalar S is below the group order, so no second signature can be made from a first one.
public final class SignedEvents {
    private static final int QUOTED_CHARS = 80;
    /// About 25 MB when full.
    private static final CheckedKeys KEYS = new CheckedKeys(65_536);

    private SignedEvents() {}

    /// Checks an envelope and reads its payload. Never throws on hostile content.
    public static <T extends SpecificRecord> Opened<T> open(Domain<T> domain, Signed signed) {
        if (!signed.getDomain().equals(domain.name()))
            return new Opened.Refused<>(
                    "wrong-domain", "expected domain " + domain.name() + ", got " + quote(signed.getDomain()));
        var publicKey = Bytes.of(signed.getPublicKey());
        if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE)
            return new Opened.Refused<>("bad-key", "expected a public key of 32 bytes, got " + publicKey.length);
        var known = KEYS.get(publicKey);
        var id = known == null ? NodeId.of(publicKey) : known.id();
        if (!id.equals(signed.getSignerId()))
            return new Opened.Refused<>(
                    "wrong-signer",
                    "signerId " + quote(signed.getSignerId()) + " is not the fingerprint of the public key, " + id);
        var key = known == null ? KEYS.check(publicKey, id) : known;
        if (key == null)
            return new Opened.Refused<>(
                    "bad-key", "the public key of " + id + " is not a point of Ed25519's prime order");
        if (signed.getPayload().remaining() > domain.maxPayloadBytes())
            return new Opened.Refused<>(
                    "too-large",
                    "expected a payload of at most " + domain.maxPayloadBytes() + " bytes, got "
                            + signed.getPayload().remaining());
        var payload = Bytes.of(signed.getPayload());
        var signature = Bytes.of(signed.getSignature());
        var message = message(domain.name(), payload);
        if (signature.length != Ed25519.SIGNATURE_SIZE
                || !Ed25519.verify(signature, 0, key.point(), message, 0, message.length))
            return new Opened.Refused<>(
                    "bad-signature", "the signature is not " + signed.getSignerId() + "'s over these bytes");
        try {
            return new Opened.Valid<>(signed.getSignerId(), SingleObject.decode(domain.payload(), payload));
        } catch (MalformedEventException malformed) {
            return new Opened.Refused<>("undecodable", String.valueOf(malformed.getMessage()));
        }
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

    private static String quote(String text) {
        return '"' + (text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + "…") + '"';
    }
}
