package org.ambientvcp.gateway.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.ambientvcp.schemas.Sha256;

/// A key at rest.
///
/// The secret is 32 random bytes, so there is nothing to guess and a fast hash is right: a slow one (bcrypt, argon2)
/// protects what people choose, and would make every request an attack on the gateway's processors. The salt keeps
/// equal hashes from telling anything.
///
/// @param caller whose key it is
/// @param salt 16 random bytes
/// @param hash SHA-256 over salt ‖ the secret's text
@SuppressWarnings("ArrayRecordComponent") // never compared as a record; `opens` compares in constant time
record StoredKey(Caller caller, byte[] salt, byte[] hash) {
    static final int SALT_BYTES = 16;

    StoredKey {
        if (salt.length != SALT_BYTES) throw new IllegalArgumentException("salt is not 16 bytes: " + salt.length);
        if (hash.length != 32) throw new IllegalArgumentException("hash is not 32 bytes: " + hash.length);
    }

    static StoredKey of(Caller caller, byte[] salt, String secret) {
        return new StoredKey(caller, salt, hash(salt, secret));
    }

    /// Whether this is the secret; takes the same time whatever the secret is.
    boolean opens(String secret) {
        return MessageDigest.isEqual(hash, hash(salt, secret));
    }

    private static byte[] hash(byte[] salt, String secret) {
        var digest = Sha256.newDigest();
        digest.update(salt);
        return digest.digest(secret.getBytes(StandardCharsets.UTF_8));
    }
}
