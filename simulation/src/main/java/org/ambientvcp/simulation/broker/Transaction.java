package org.ambientvcp.simulation.broker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// A producer's transaction. Decided at once; its markers reach the partitions one after the other.
public final class Transaction {
    private enum State {
        OPEN,
        COMMITTED,
        ABORTED
    }

    private final LinkedHashSet<Partition> partitions = new LinkedHashSet<>();
    private State state = State.OPEN;

    void touches(Partition partition) {
        if (state != State.OPEN) throw new IllegalStateException("the transaction is " + state);
        partitions.add(partition);
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isCommitted() {
        return state == State.COMMITTED;
    }

    public boolean isEmpty() {
        return partitions.isEmpty();
    }

    /// Decides; the answer is the partitions that still need the marker, see [Partition#mark].
    public List<Partition> end(boolean commit) {
        if (state != State.OPEN) throw new IllegalStateException("the transaction is " + state);
        state = commit ? State.COMMITTED : State.ABORTED;
        return new ArrayList<>(partitions);
    }
}
