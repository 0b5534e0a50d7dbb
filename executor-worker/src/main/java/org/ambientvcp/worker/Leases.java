package org.ambientvcp.worker;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The leases this process holds and the last ones it held. Thread-safe.
final class Leases {
    /// Far more than a cell repeats; a lease that is forgotten and assigned again is run again.
    private static final int REMEMBERED = 10_000;

    private final Map<Lease.Key, Lease> held = new HashMap<>();
    private final LinkedHashSet<Lease.Key> ended = new LinkedHashSet<>();

    /// Takes a lease in; false if this process holds or held it already.
    synchronized boolean add(Lease lease) {
        if (ended.contains(lease.key())) return false;
        return held.putIfAbsent(lease.key(), lease) == null;
    }

    synchronized @Nullable Lease find(Lease.Key key) {
        return held.get(key);
    }

    /// Drops a lease that has ended; it is remembered.
    synchronized void remove(Lease lease) {
        if (!held.remove(lease.key(), lease)) return;
        ended.add(lease.key());
        if (ended.size() > REMEMBERED) ended.removeFirst();
    }

    /// Drops a lease that nobody granted; should it be granted yet, it is taken in again.
    synchronized void forget(Lease lease) {
        held.remove(lease.key(), lease);
    }

    synchronized List<Lease> all() {
        return List.copyOf(held.values());
    }
}
