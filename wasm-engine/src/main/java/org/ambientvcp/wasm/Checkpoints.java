package org.ambientvcp.wasm;

import java.util.ArrayList;
import java.util.List;

/// Digests of the trace at even distances in gas, so that two runs that differ can be narrowed down.
final class Checkpoints {
    private static final long LEAST_INTERVAL = 1L << 20;
    private static final int MOST = 1_024;

    private final long interval;
    private final List<String> digests = new ArrayList<>();
    private long next;

    Checkpoints(long gasLimit) {
        interval = interval(gasLimit);
        next = interval;
    }

    /// Gas between two checkpoints: the smallest power of two, at least 2^20, of which the gas limit holds at most
    /// 1,024. A function of the limit alone.
    static long interval(long gasLimit) {
        var interval = LEAST_INTERVAL;
        while (gasLimit / interval > MOST) interval <<= 1;
        return interval;
    }

    /// Gas at which the next checkpoint is due.
    long next() {
        return next;
    }

    /// Takes every checkpoint that is due; a costly instruction can pass several.
    void reached(long gasUsed, TraceDigest trace) {
        if (gasUsed < next) return;
        var digest = trace.hex();
        for (; next <= gasUsed; next += interval) digests.add(digest);
    }

    long interval() {
        return interval;
    }

    List<String> digests() {
        return List.copyOf(digests);
    }
}
