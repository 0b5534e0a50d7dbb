package org.ambientvcp.scheduler.cell;

/// What became of a lease. The names are durable: they are in the stores and in the task's status.
enum LeaseState {
    /// The node runs the task.
    LEASED,
    /// It has promised a result and waits to be asked for it.
    COMMITTED,
    /// All promises are in, it has been asked.
    REVEALING,
    /// Its result is in; the slot is free.
    RETURNED,
    EXPIRED,
    /// The node said it could not run it.
    FAILED,
    /// Ended without fault of the node.
    REVOKED;

    /// Whether the lease takes one of the node's slots.
    boolean holdsSlot() {
        return this == LEASED || this == COMMITTED || this == REVEALING;
    }

    /// Whether it can still lead to an accepted result.
    boolean isOpen() {
        return holdsSlot() || this == RETURNED;
    }

    /// Whether the node owes something until the lease's end. A node that committed waits for others.
    boolean canExpire() {
        return this == LEASED || this == REVEALING;
    }
}
