package org.ambientvcp.wasm.machine.simd;

/// Bytes chosen from both halves of vectors, for one half of the result.
public final class CrossLanes {
    private CrossLanes() {}

    /// Bytes of a vector by their indices; 0 for an index that is 16 or more.
    public static long swizzle(long low, long high, long indices) {
        var bits = (indices & 0x0707_0707_0707_0707L) << 3;
        var chosen = swizzled(low, high, indices, bits, 0)
                | swizzled(low, high, indices, bits, 8)
                | swizzled(low, high, indices, bits, 16)
                | swizzled(low, high, indices, bits, 24)
                | swizzled(low, high, indices, bits, 32)
                | swizzled(low, high, indices, bits, 40)
                | swizzled(low, high, indices, bits, 48)
                | swizzled(low, high, indices, bits, 56);
        return chosen & ByteLanes.equal(indices & 0xf0f0_f0f0_f0f0_f0f0L, 0);
    }

    /// No branches: nobody can predict them.
    ///
    /// @param bits how far each byte is within its half
    private static long swizzled(long low, long high, long indices, long bits, int lane) {
        var isHigh = -((indices >>> (lane + 3)) & 1);
        return (((low ^ ((low ^ high) & isHigh)) >>> (bits >>> lane)) & 0xff) << lane;
    }

    /// Bytes of two vectors by their indices, 0 to 31.
    public static long shuffle(long firstLow, long firstHigh, long secondLow, long secondHigh, long indices) {
        return shuffled(firstLow, firstHigh, secondLow, secondHigh, (int) indices)
                | shuffled(firstLow, firstHigh, secondLow, secondHigh, (int) (indices >>> 8)) << 8
                | shuffled(firstLow, firstHigh, secondLow, secondHigh, (int) (indices >>> 16)) << 16
                | shuffled(firstLow, firstHigh, secondLow, secondHigh, (int) (indices >>> 24)) << 24
                | shuffled(firstLow, firstHigh, secondLow, secondHigh, (int) (indices >>> 32)) << 32
                | shuffled(firstLow, firstHigh, secondLow, secondHigh, (int) (indices >>> 40)) << 40
                | shuffled(firstLow, firstHigh, secondLow, secondHigh, (int) (indices >>> 48)) << 48
                | shuffled(firstLow, firstHigh, secondLow, secondHigh, (int) (indices >>> 56)) << 56;
    }

    /// The index is a constant in compiled code, and so are the conditions.
    private static long shuffled(long firstLow, long firstHigh, long secondLow, long secondHigh, int index) {
        var low = (index & 16) == 0 ? firstLow : secondLow;
        var high = (index & 16) == 0 ? firstHigh : secondHigh;
        return (((index & 8) == 0 ? low : high) >>> (index << 3)) & 0xff;
    }
}
