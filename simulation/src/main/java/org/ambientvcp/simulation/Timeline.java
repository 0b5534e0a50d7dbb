package org.ambientvcp.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/// Simulated time: what happens when. Two things at one moment happen in the order they were planned. One thread.
public final class Timeline {
    private record Event(long atMillis, long number, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
    private long nowMillis;
    private long planned;
    private long happened;

    public Timeline(long startMillis) {
        nowMillis = startMillis;
    }

    /// True time, milliseconds since 1970.
    public long now() {
        return nowMillis;
    }

    public void in(long millis, Runnable what) {
        events.add(new Event(nowMillis + Math.max(0, millis), planned++, what));
    }

    /// Lets the next thing happen, unless it is later than this.
    ///
    /// @return whether something happened
    public boolean step(long untilMillis) {
        var next = events.peek();
        if (next == null || next.atMillis() > untilMillis) {
            nowMillis = Math.max(nowMillis, untilMillis);
            return false;
        }
        events.remove();
        nowMillis = next.atMillis();
        happened++;
        next.what().run();
        return true;
    }

    /// Things that have happened so far.
    public long happened() {
        return happened;
    }
}
