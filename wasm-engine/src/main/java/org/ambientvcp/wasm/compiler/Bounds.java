package org.ambientvcp.wasm.compiler;

/// How far the counter of a loop may go before somebody has to look: not behind its end, not over the end of the
/// numbers, and not over what gas is there for. Always beyond where it is, so that HotSpot's own check that a counted
/// loop begins before its end holds; if it ever fails, HotSpot no longer takes the loop for a counted one.
final class Bounds {
    private static final long MOST_ROUNDS = 1L << 32;

    private Bounds() {}

    /// The function for a counter.
    static String nameFor(Counter counter) {
        return (counter.stride() > 0 ? "up" : "down") + (counter.isUnsigned() ? "Unsigned" : "");
    }

    /// A counter that starts at `counter` may take another round without a look as long as it is below what this
    /// gives.
    ///
    /// @param limit where it ends, unless it never comes there
    /// @param stride 1 or more
    /// @param gas 0 or more
    /// @param roundBits a round takes no more than 2^roundBits of gas
    static int up(int counter, int limit, int stride, long gas, int roundBits) {
        if (counter > Integer.MAX_VALUE - stride) return Integer.MIN_VALUE;
        var end = Math.min(limit, Integer.MAX_VALUE - stride);
        var bound = Math.min(end, counter + stride * Math.min(gas >> roundBits, MOST_ROUNDS));
        return (int) Math.max(bound, counter + 1);
    }

    /// The same if the limit is compared as an unsigned number. Loops like to start just below 0 then: such a
    /// counter has no sign any more when it is first compared.
    static int upUnsigned(int counter, int limit, int stride, long gas, int roundBits) {
        var hasSign = limit < 0 || counter < -stride;
        return up(counter, hasSign ? counter : limit, stride, gas, roundBits);
    }

    /// For a counter that goes down: as long as it is above what this gives.
    ///
    /// @param stride -1 or less, not the least number
    static int down(int counter, int limit, int stride, long gas, int roundBits) {
        if (counter < Integer.MIN_VALUE - stride) return Integer.MAX_VALUE;
        var end = Math.max(limit, Integer.MIN_VALUE - stride);
        var bound = Math.max(end, counter + stride * Math.min(gas >> roundBits, MOST_ROUNDS));
        return (int) Math.min(bound, counter - 1);
    }

    /// The same if the limit is compared as an unsigned number.
    static int downUnsigned(int counter, int limit, int stride, long gas, int roundBits) {
        return down(counter, (counter | limit) < 0 ? counter : limit, stride, gas, roundBits);
    }
}
