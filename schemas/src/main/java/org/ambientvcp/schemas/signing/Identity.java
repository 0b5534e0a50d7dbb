package org.ambientvcp.schemas.signing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.ambientvcp.events.Signed;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.SingleObject;
import org.apache.avro.specific.SpecificRecord;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 key pair (RFC 8032) that signs events. Thread-safe.
public final class Identity {
    private final byte[] secretKey;
    private final byte[] publicKey;
    private final String id;

    private Identity(byte[] secretKey) {
        this.secretKey = secretKey;
        publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secretKey, 0, publicKey, 0);
        id = NodeId.of(publicKey);
    }

    /// The identity of a 32-byte secret key (an RFC 8032 private key, that is, its seed).
    public static Identity ofSecretKey(byte[] secretKey) {
        if (secretKey.length != Ed25519.SECRET_KEY_SIZE)
            throw new IllegalArgumentException("secret key is not 32 bytes: " + secretKey.length);
        return new Identity(secretKey.clone());
    }

    public static Identity random(SecureRandom random) {
        var secretKey = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(secretKey);
        return new Identity(secretKey);
    }

    /// The identity kept in a file as 64 hex digits; makes the file, readable by its owner only, if
    /// there is none or an empty one. Processes that start at once get the same identity. POSIX file systems only.
    ///
    /// @throws IOException if the file cannot be read or made, holds anything else, or may be read by others
    public static Identity loadOrCreate(Path file, SecureRandom random) throws IOException {
        return new KeyFile(file).loadOrCreate(random);
    }

    /// The secret key, 32 bytes, for the file it is kept in.
    byte[] secretKey() {
        return secretKey.clone();
    }

    /// Fingerprint of the public key.
    public String id() {
        return id;
    }

    /// Raw public key, 32 bytes.
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// Signs an event for one purpose.
    public <T extends SpecificRecord> Signed sign(Domain<T> domain, T event) {
        var payload = SingleObject.encode(event);
        return new Signed(
                id,
                ByteBuffer.wrap(publicKey()),
                domain.name(),
                ByteBuffer.wrap(payload),
                ByteBuffer.wrap(sign(SignedEvents.message(domain.name(), payload))));
    }

    byte[] sign(byte[] message) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secretKey, 0, publicKey, 0, null, message, 0, message.length, signature, 0);
        return signature;
    }
}
