package org.ambientvcp.stark.hash;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC_DRBG over SHA-256: NIST SP 800-90A revision 1, 10.1.2, without reseeding and prediction resistance. One is
/// seeded for each proof; what comes out is never used with another witness.
///
/// Not thread-safe.
public final class Drbg {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BLOCK_BYTES = 32;
    /// SP 800-90A, table 2: 2^19 bits per request.
    private static final int MOST_BYTES = 1 << 16;

    private byte[] key = new byte[BLOCK_BYTES];
    private byte[] value = new byte[BLOCK_BYTES];

    /// @param entropy at least 32 bytes that nobody can guess
    /// @param nonce at least 16 bytes that do not repeat, or that cannot be guessed
    /// @param personalization what this is for; may be empty
    public Drbg(byte[] entropy, byte[] nonce, byte[] personalization) {
        if (entropy.length < 32) throw new IllegalArgumentException("entropy is under 32 bytes: " + entropy.length);
        if (nonce.length < 16) throw new IllegalArgumentException("nonce is under 16 bytes: " + nonce.length);
        Arrays.fill(value, (byte) 1);
        update(entropy, nonce, personalization);
    }

    private void update(byte[]... provided) {
        var bytes = 0;
        for (var part : provided) bytes += part.length;
        for (byte round = 0; round < (bytes == 0 ? 1 : 2); round++) {
            var mac = keyed();
            mac.update(value);
            mac.update(round);
            for (var part : provided) mac.update(part);
            key = mac.doFinal();
            value = keyed().doFinal(value);
        }
    }

    /// @param count 0–65,536
    public byte[] generate(int count) {
        if (count < 0 || count > MOST_BYTES)
            throw new IllegalArgumentException("requested bytes are not 0–" + MOST_BYTES + ": " + count);
        var out = new byte[count];
        var mac = keyed();
        for (var filled = 0; filled < count; filled += BLOCK_BYTES) {
            value = mac.doFinal(value);
            System.arraycopy(value, 0, out, filled, Math.min(BLOCK_BYTES, count - filled));
        }
        update();
        return out;
    }

    /// A stream with a key of its own.
    public KeyedStream stream() {
        return new KeyedStream(Digest.of(generate(BLOCK_BYTES)));
    }

    private Mac keyed() {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
