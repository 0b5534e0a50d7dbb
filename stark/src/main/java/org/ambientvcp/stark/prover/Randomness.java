package org.ambientvcp.stark.prover;

import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.hash.Drbg;
import org.ambientvcp.stark.hash.KeyedStream;
import org.ambientvcp.stark.hash.LaneHash;
import org.ambientvcp.stark.kernel.Kernels;

/// All secrets of one proof: masks, randomisers and salts, each use from a stream of its own. Of one use, the n-th
/// array
/// takes its elements from the blocks that begin at n · 2^32.
///
/// The streams are safe for all threads.
final class Randomness {
    private final KeyedStream busMasks;
    private final KeyedStream mainColumns;
    private final KeyedStream auxiliaryColumns;
    private final KeyedStream quotientChunks;
    private final KeyedStream friMask;
    private final KeyedStream mainSalts;
    private final KeyedStream auxiliarySalts;
    private final KeyedStream quotientSalts;

    /// @param drbg seeded for this proof and used for nothing else
    Randomness(Drbg drbg) {
        busMasks = drbg.stream();
        mainColumns = drbg.stream();
        auxiliaryColumns = drbg.stream();
        quotientChunks = drbg.stream();
        friMask = drbg.stream();
        mainSalts = drbg.stream();
        auxiliarySalts = drbg.stream();
        quotientSalts = drbg.stream();
    }

    /// Masks of bus sums that add up to 0.
    ///
    /// @param count 1 or more
    /// @return coordinates of the masks, mask after mask
    int[] busMasks(int count, ExtensionField field, Kernels kernels) {
        var d = field.degree();
        var masks = new int[count * d];
        if (count == 0) return masks;
        elements(busMasks, 0, masks, 0, (count - 1) * d, new LaneHash(kernels));
        var last = (count - 1) * d;
        for (var i = 0; i < last; i += d) field.sub(masks, last, masks, i, masks, last);
        return masks;
    }

    KeyedStream mainColumns() {
        return mainColumns;
    }

    KeyedStream auxiliaryColumns() {
        return auxiliaryColumns;
    }

    KeyedStream quotientChunks() {
        return quotientChunks;
    }

    KeyedStream friMask() {
        return friMask;
    }

    KeyedStream mainSalts() {
        return mainSalts;
    }

    KeyedStream auxiliarySalts() {
        return auxiliarySalts;
    }

    KeyedStream quotientSalts() {
        return quotientSalts;
    }

    /// Fills a part of an array with elements that nothing else is filled with.
    ///
    /// @param number of the array among those that this stream fills
    static void elements(KeyedStream stream, int number, int[] values, int offset, int count, LaneHash hash) {
        if (count > 0) stream.elements((long) number << 32, values, offset, count, hash);
    }
}
