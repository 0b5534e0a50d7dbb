package org.ambientvcp.wasm.machine;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Digests of a run's state at set distances in gas, so that two runs that differ can be narrowed down. The distance
/// grows with the memory, which keeps the share of time that hashing it takes about the same.
public final class Checkpoints {
    private static final long LEAST_INTERVAL = 1L << 24;
    private static final int LIMIT_SHARE = 64;
    private static final int PAGE_GAS_BITS = 24;

    private final long interval;
    private final List<String> digests = new ArrayList<>();
    private long next;

    public Checkpoints(long gasLimit) {
        interval = interval(gasLimit);
        next = interval;
    }

    /// Least gas between two checkpoints: the smallest power of two, at least 2^24, of which the gas limit holds at
    /// most 64. A function of the limit alone. Memory of more pages than interval / 2^24 makes it 2^24 for each.
    public static long interval(long gasLimit) {
        var interval = LEAST_INTERVAL;
        while (gasLimit / interval > LIMIT_SHARE) interval <<= 1;
        return interval;
    }

    /// A checkpoint is due at the first check that finds more gas used than this.
    long next() {
        return next;
    }

    void reached(long gasUsed, Instance instance) {
        if (gasUsed <= next) return;
        digests.add(HexFormat.of().formatHex(StateDigest.of(gasUsed, instance)));
        next = gasUsed + Math.max(interval, (long) instance.pages() << PAGE_GAS_BITS);
    }

    public long interval() {
        return interval;
    }

    /// Lower-case hex, in order; at most 64.
    public List<String> digests() {
        return List.copyOf(digests);
    }
}
