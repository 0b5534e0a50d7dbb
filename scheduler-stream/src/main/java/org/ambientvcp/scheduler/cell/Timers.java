package org.ambientvcp.scheduler.cell;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What becomes due when, by log time. At most one timer per entity; all operations are O(log n).
final class Timers {
    enum Kind {
        NODE,
        TASK
    }

    /// @param due log time in milliseconds
    record Timer(long due, Kind kind, String id) {}

    private static final Comparator<Timer> ORDER =
            Comparator.comparingLong(Timer::due).thenComparing(Timer::kind).thenComparing(Timer::id);

    private final TreeSet<Timer> order = new TreeSet<>(ORDER);
    private final Map<String, Timer> ofNodes = new HashMap<>();
    private final Map<String, Timer> ofTasks = new HashMap<>();

    /// Sets the entity's timer; [Long#MAX_VALUE] = none.
    void set(Kind kind, String id, long due) {
        var timers = of(kind);
        var before = timers.get(id);
        if (before != null) {
            if (before.due() == due) return;
            order.remove(before);
            timers.remove(id);
        }
        if (due == Long.MAX_VALUE) return;
        var timer = new Timer(due, kind, id);
        order.add(timer);
        timers.put(id, timer);
    }

    /// Takes the earliest timer that is due, in the order of (time, kind, id).
    @Nullable
    Timer takeDue(long now) {
        if (order.isEmpty() || order.getFirst().due() > now) return null;
        var timer = order.removeFirst();
        of(timer.kind()).remove(timer.id());
        return timer;
    }

    OptionalLong next() {
        return order.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(order.getFirst().due());
    }

    private Map<String, Timer> of(Kind kind) {
        return switch (kind) {
            case NODE -> ofNodes;
            case TASK -> ofTasks;
        };
    }
}
