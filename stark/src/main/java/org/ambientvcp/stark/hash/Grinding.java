package org.ambientvcp.stark.hash;

import org.ambientvcp.stark.kernel.Kernels;

/// The prover's side of [Transcript#absorbGrinding].
public final class Grinding {
    private Grinding() {}

    /// The lowest nonce that the transcript, as it is now, accepts as a proof of work of so many bits. Takes 2^`bits`
    /// hashes on average.
    ///
    /// @param bits 0–32
    public static long nonce(Transcript transcript, int bits, Kernels kernels) {
        var hash = new LaneHash(kernels);
        var mask = bits == 0 ? 0 : -1 >>> (32 - bits);
        for (long first = 0; ; first += LaneHash.LANES) {
            var digests = digests(transcript.state(), first, hash);
            for (var lane = 0; lane < LaneHash.LANES; lane++) if ((digests[lane] & mask) == 0) return first + lane;
        }
    }

    private static int[] digests(Digest state, long first, LaneHash hash) {
        hash.begin(Purpose.GRIND);
        for (var i = 0; i < Digest.WORDS; i++) hash.update(state.word(i));
        var nonces = hash.next();
        var at = hash.at();
        for (var lane = 0; lane < LaneHash.LANES; lane++) nonces[at + lane] = (int) first + lane;
        hash.advance();
        return hash.update((int) (first >>> 32)).digests();
    }
}
