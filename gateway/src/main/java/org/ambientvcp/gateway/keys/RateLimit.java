package org.ambientvcp.gateway.keys;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Bounds the requests of each key. Keys are few, so the buckets are. Thread-safe.
public final class RateLimit {
    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    /// @param perSecond requests a second and key; 0 = no limit
    /// @param nanoTime a clock that only grows, such as `System::nanoTime`
    public RateLimit(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /// @return 0 if the request may pass, else the nanoseconds to wait
    public long take(Caller caller) {
        if (perSecond == 0) return 0;
        var now = nanoTime.getAsLong();
        return buckets.computeIfAbsent(caller.id(), unknown -> new TokenBucket(perSecond, now))
                .take(now);
    }
}
