package org.ambientvcp.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// How full the pipeline was, second by second.
final class Timeline {
    /// @param second since the first task
    /// @param unassigned tasks submitted and not yet assigned, as a reader of committed records sees it
    /// @param inFlight tasks submitted and not ended
    /// @param queued tasks that wait in cells for a node, by the cells' summaries
    /// @param accepted tasks accepted since the first one
    record Moment(int second, long unassigned, long inFlight, long queued, long accepted) {}

    /// What counts as growth: the last third above the first by half and a tenth of a second's tasks.
    private static final double GROWTH = 1.5;

    private static final int RATE_PART = 10;

    private final List<Moment> moments = new ArrayList<>();

    void add(Moment moment) {
        moments.add(moment);
    }

    long most(ToLongFunction<Moment> value) {
        return moments.stream().mapToLong(value).max().orElse(0);
    }

    /// Whether a queue's mean over the last third of the time is well above that over the first third.
    boolean grows(ToLongFunction<Moment> value, int rate) {
        var third = Math.max(1, moments.size() / 3);
        var first = mean(moments.subList(0, Math.min(third, moments.size())), value);
        var last = mean(moments.subList(Math.max(0, moments.size() - third), moments.size()), value);
        return last > GROWTH * first + (double) rate / RATE_PART;
    }

    private static double mean(List<Moment> part, ToLongFunction<Moment> value) {
        return part.stream().mapToLong(value).average().orElse(0);
    }

    /// Comma-separated, with a header.
    String csv() {
        var text = new StringBuilder("second,unassigned,inFlight,queued,accepted\n");
        for (var moment : moments)
            text.append(moment.second())
                    .append(',')
                    .append(moment.unassigned())
                    .append(',')
                    .append(moment.inFlight())
                    .append(',')
                    .append(moment.queued())
                    .append(',')
                    .append(moment.accepted())
                    .append('\n');
        return text.toString();
    }
}
