package org.ambientvcp.stark.hash;

import org.ambientvcp.stark.field.BabyBear;

/// A secret key stretched to as much randomness as is needed: block k is BLAKE2s_stream(key ‖ k as u64). For salts and
/// masks, of which a proof needs megabytes; the key of each use is drawn from [Drbg].
///
/// Immutable; safe for all threads.
public final class KeyedStream {
    /// Of the words, as u32, those below this are taken modulo p: 2p.
    private static final long TAKEN = 2L * BabyBear.P;

    private final Digest key;

    public KeyedStream(Digest key) {
        this.key = key;
    }

    /// 8 words.
    public Digest block(long k) {
        return Blake2s.of(Purpose.STREAM)
                .update(key)
                .update((int) k)
                .update((int) (k >>> 32))
                .digest();
    }

    /// The [LaneHash#LANES] blocks from `first` on, which is a multiple of that, as [LaneHash] has them; they stay
    /// until
    /// `hash` is used again.
    public int[] blocks(long first, LaneHash hash) {
        hash.begin(Purpose.STREAM);
        for (var i = 0; i < Digest.WORDS; i++) hash.update(key.word(i));
        var counter = hash.next();
        var at = hash.at();
        for (var lane = 0; lane < LaneHash.LANES; lane++) counter[at + lane] = (int) first + lane;
        hash.advance();
        return hash.update((int) (first >>> 32)).digests();
    }

    /// Uniformly distributed base elements.
    ///
    /// @param first the first block to take; a block may be taken once only
    /// @return the block after the last that was taken, a multiple of [LaneHash#LANES]
    public long elements(long first, int[] values, int offset, int count, LaneHash hash) {
        var next = first;
        var filled = 0;
        while (filled < count) {
            var words = blocks(next, hash);
            next += LaneHash.LANES;
            for (var i = 0; i < words.length && filled < count; i++) {
                var word = words[i] & 0xFFFFFFFFL;
                if (word < TAKEN) values[offset + filled++] = (int) (word % BabyBear.P);
            }
        }
        return next;
    }
}
