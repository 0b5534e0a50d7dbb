package org.ambientvcp.stark.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.bouncycastle.crypto.digests.Blake2sDigest;

/// BLAKE2s-256 (RFC 7693) by BouncyCastle, over a sequence of parts. The hash that the verifier uses; the prover hashes
/// many messages at a time with [LaneHash], to the same digests.
///
/// Not thread-safe.
public final class Blake2s {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final Blake2sDigest digest;
    private final byte[] word = new byte[4];

    private Blake2s(Blake2sDigest digest) {
        this.digest = digest;
    }

    /// The hash of RFC 7693, without a key.
    public static Blake2s plain() {
        return new Blake2s(new Blake2sDigest(256));
    }

    /// The hash personalised for one purpose, so that its digests are never those of another.
    public static Blake2s of(Purpose purpose) {
        return new Blake2s(new Blake2sDigest(new byte[0], 32, new byte[8], purpose.personalization()));
    }

    public Blake2s update(byte[] bytes) {
        digest.update(bytes, 0, bytes.length);
        return this;
    }

    /// Four bytes, little-endian.
    public Blake2s update(int value) {
        WORD.set(word, 0, value);
        digest.update(word, 0, word.length);
        return this;
    }

    public Blake2s update(int[] words, int offset, int count) {
        for (var i = 0; i < count; i++) update(words[offset + i]);
        return this;
    }

    public Blake2s update(Digest other) {
        for (var i = 0; i < Digest.WORDS; i++) update(other.word(i));
        return this;
    }

    /// Ends the message; the next update begins another.
    public Digest digest() {
        var bytes = new byte[digest.getDigestSize()];
        digest.doFinal(bytes, 0);
        return Digest.of(bytes);
    }
}
