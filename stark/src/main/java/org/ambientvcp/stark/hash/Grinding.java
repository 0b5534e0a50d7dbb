package org.ambientvcp.stark.hash;

import java.util.concurrent.atomic.AtomicLong;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.kernel.Workers;

/// The prover's side of [Transcript#absorbGrinding].
public final class Grinding {
    private Grinding() {}

    /// How many nonces a task tries: some per cent of those that 20 bits need.
    private static final int TASK = 1 << 14;

    /// The lowest nonce that the transcript, as it is now, accepts as a proof of work of so many bits. Takes 2^`bits`
    /// hashes on average.
    ///
    /// @param bits 0–32
    public static long nonce(Transcript transcript, int bits, Kernels kernels, Workers workers) {
        var mask = bits == 0 ? 0 : -1 >>> (32 - bits);
        var found = new AtomicLong(Long.MAX_VALUE);
        for (var start = 0L; found.get() == Long.MAX_VALUE; start += (long) TASK * workers.threads()) {
            var first = start;
            workers.forEach(workers.threads(), () -> new LaneHash(kernels), (hash, task) -> {
                var nonce = nonce(transcript.state(), first + (long) task * TASK, mask, hash);
                found.accumulateAndGet(nonce, Math::min);
            });
        }
        return found.get();
    }

    /// The lowest of the nonces of a task, or the largest number there is.
    private static long nonce(Digest state, long start, int mask, LaneHash hash) {
        for (var first = start; first < start + TASK; first += LaneHash.LANES) {
            var digests = digests(state, first, hash);
            for (var lane = 0; lane < LaneHash.LANES; lane++) if ((digests[lane] & mask) == 0) return first + lane;
        }
        return Long.MAX_VALUE;
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
