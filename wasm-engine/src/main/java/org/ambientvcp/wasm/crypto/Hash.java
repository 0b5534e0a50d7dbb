package org.ambientvcp.wasm.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongConsumer;

/// A hash function of FIPS 180-4.
enum Hash {
    SHA_256("SHA-256", 32, 512, 2),
    SHA_512("SHA-512", 64, 512, 2);

    private static final int PART = 1 << 19;

    private final String algorithm;
    private final int bytes;
    private final int gasPerCall;
    private final int gasPerByte;

    Hash(String algorithm, int bytes, int gasPerCall, int gasPerByte) {
        this.algorithm = algorithm;
        this.bytes = bytes;
        this.gasPerCall = gasPerCall;
        this.gasPerByte = gasPerByte;
    }

    /// Length of a digest.
    int bytes() {
        return bytes;
    }

    long gas(long length) {
        return gasPerCall + gasPerByte * length;
    }

    /// Writes the digest of a range of memory to memory.
    ///
    /// @param poll called with 0 before each part; may throw
    void run(byte[] memory, int message, int length, int digest, LongConsumer poll) {
        try {
            var state = MessageDigest.getInstance(algorithm);
            for (var done = 0; done < length; done += PART) {
                poll.accept(0);
                state.update(memory, message + done, Math.min(PART, length - done));
            }
            state.digest(memory, digest, bytes);
        } catch (NoSuchAlgorithmException | DigestException e) {
            throw new IllegalStateException("this Java platform has no proper " + algorithm, e);
        }
    }
}
