package org.ambientvcp.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Leases that were taken from records which may never be committed, until the reader of committed records has met
/// them or passed them by. Thread-safe: one thread reads everything, another what is committed.
///
/// The reader of committed records leaves out what was aborted. So once it stands behind every record that named a
/// lease
/// and has not met one, all of them were aborted, and nobody holds the lease.
final class EarlyStarts {
    private record Early(Lease lease, long lastOffset) {}

    private final Leases leases;
    private final Map<Lease.Key, Early> unconfirmed = new HashMap<>();
    private long passed;

    /// @param position where the reader of committed records begins
    EarlyStarts(Leases leases, long position) {
        this.leases = leases;
        passed = position;
    }

    /// Takes a lease in from a record that may not be committed; false if the process holds or held it already, or if
    /// it is decided what became of the record.
    synchronized boolean begin(Lease lease, long offset) {
        if (offset < passed) return false;
        var known = unconfirmed.get(lease.key());
        if (known != null) {
            unconfirmed.put(lease.key(), new Early(known.lease(), offset));
            return false;
        }
        if (!leases.add(lease)) return false;
        unconfirmed.put(lease.key(), new Early(lease, offset));
        return true;
    }

    /// A committed record grants this lease; true if it was taken in before.
    synchronized boolean confirm(Lease.Key key) {
        return unconfirmed.remove(key) != null;
    }

    /// All committed records before this offset have been met. Returns the leases that are known to be aborted, each
    /// once.
    synchronized List<Lease> passed(long offset) {
        if (offset <= passed) return List.of();
        passed = offset;
        if (unconfirmed.isEmpty()) return List.of();
        var aborted = new ArrayList<Lease>();
        unconfirmed.values().removeIf(early -> {
            if (early.lastOffset() >= offset) return false;
            aborted.add(early.lease());
            return true;
        });
        return aborted;
    }
}
