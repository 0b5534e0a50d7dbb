package org.ambientvcp.stark.hash;

import java.util.Arrays;
import org.ambientvcp.stark.kernel.Blake2sConstants;
import org.ambientvcp.stark.kernel.Kernels;

/// [#LANES] BLAKE2s-256 hashes at a time, of messages of one length: what the prover builds trees with. Word w of
/// message l is at [#LANES] · w + l of every array here.
///
/// Not thread-safe.
public final class LaneHash {
    public static final int LANES = Kernels.MESSAGES;

    private static final int BLOCK_WORDS = 16;

    private final Kernels kernels;
    private final int[] message = new int[BLOCK_WORDS * LANES];
    private final int[] state = new int[Digest.WORDS * LANES];
    private int words;
    private int blocks;

    public LaneHash(Kernels kernels) {
        this.kernels = kernels;
    }

    /// Begins messages for one purpose.
    public LaneHash begin(Purpose purpose) {
        var name = Digest.words(purpose.personalization());
        fill(0, Blake2sConstants.iv(0) ^ 0x01010020);
        for (var i = 1; i < 6; i++) fill(i, Blake2sConstants.iv(i));
        fill(6, Blake2sConstants.iv(6) ^ name[0]);
        fill(7, Blake2sConstants.iv(7) ^ name[1]);
        words = 0;
        blocks = 0;
        return this;
    }

    private void fill(int word, int value) {
        Arrays.fill(state, word * LANES, (word + 1) * LANES, value);
    }

    /// The next word of every message: `count` values from `offset`, for the first messages; what the others are of is
    /// of no importance.
    public LaneHash update(int[] values, int offset, int count) {
        System.arraycopy(values, offset, next(), at(), count);
        words++;
        return this;
    }

    /// The next `count` words of every message, all those of one word before those of the next.
    public LaneHash updateAll(int[] values, int offset, int count) {
        var done = 0;
        while (done < count) {
            var block = next();
            var words = Math.min(count - done, BLOCK_WORDS - this.words);
            System.arraycopy(values, offset + done * LANES, block, at(), words * LANES);
            this.words += words;
            done += words;
        }
        return this;
    }

    /// The next word, the same in all messages.
    public LaneHash update(int value) {
        Arrays.fill(next(), at(), at() + LANES, value);
        words++;
        return this;
    }

    /// The array to write the next word of every message to, at [#at]; [#advance] comes after that.
    public int[] next() {
        if (words == BLOCK_WORDS) {
            kernels.compress(state, message, ++blocks * BLOCK_WORDS * Integer.BYTES, false);
            words = 0;
        }
        return message;
    }

    public int at() {
        return words * LANES;
    }

    public void advance() {
        words++;
    }

    /// Ends the messages. The digests stay until the next are begun.
    public int[] digests() {
        var bytes = (blocks * BLOCK_WORDS + words) * Integer.BYTES;
        Arrays.fill(message, words * LANES, message.length, 0);
        kernels.compress(state, message, bytes, true);
        return state;
    }
}
