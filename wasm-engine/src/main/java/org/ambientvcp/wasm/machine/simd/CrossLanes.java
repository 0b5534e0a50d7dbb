package org.ambientvcp.wasm.machine.simd;

/// Bytes chosen from both halves of vectors, for one half of the result.
public final class CrossLanes {
    private static final int BYTES = 16;

    private CrossLanes() {}

    /// Bytes of a vector by their indices; 0 for an index that is 16 or more.
    public static long swizzle(long low, long high, long indices) {
        var chosen = 0L;
        for (var lane = 0; lane < 64; lane += 8) {
            var index = (int) (indices >>> lane) & 0xff;
            if (index < BYTES) chosen |= octet(low, high, index) << lane;
        }
        return chosen;
    }

    /// Bytes of two vectors by their indices, 0 to 31.
    public static long shuffle(long firstLow, long firstHigh, long secondLow, long secondHigh, long indices) {
        var chosen = 0L;
        for (var lane = 0; lane < 64; lane += 8) {
            var index = (int) (indices >>> lane) & 0x1f;
            var octet = index < BYTES ? octet(firstLow, firstHigh, index) : octet(secondLow, secondHigh, index - BYTES);
            chosen |= octet << lane;
        }
        return chosen;
    }

    private static long octet(long low, long high, int index) {
        return ((index < 8 ? low : high) >>> (index * 8)) & 0xff;
    }
}
