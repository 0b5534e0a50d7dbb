package org.ambientvcp.telemetry.admission;

import java.util.Comparator;

/// Place of a signed event among those of its node and kind: the epoch grows with every start of the
/// node, the sequence with every event of an epoch. What is not newer than the last one is a replay.
///
/// @param epoch 0–[#MOST]
/// @param sequence 0–[#MOST]
public record EventOrder(long epoch, long sequence) implements Comparable<EventOrder> {
    /// Far above any clock in nanoseconds, yet not the sentinel `Long.MAX_VALUE`.
    public static final long MOST = 9_000_000_000_000_000_000L;

    private static final Comparator<EventOrder> ORDER =
            Comparator.comparingLong(EventOrder::epoch).thenComparingLong(EventOrder::sequence);

    @Override
    public int compareTo(EventOrder other) {
        return ORDER.compare(this, other);
    }

    boolean isNewerThan(EventOrder last) {
        return compareTo(last) > 0;
    }

    Refusal replayed(EventOrder last) {
        return new Refusal("replayed", "expected (epoch, sequence) newer than " + last + ", got " + this);
    }

    void check(Problems problems) {
        problems.range("epoch", epoch, 0, MOST);
        problems.range("sequence", sequence, 0, MOST);
    }

    @Override
    public String toString() {
        return "(" + epoch + ", " + sequence + ")";
    }
}
