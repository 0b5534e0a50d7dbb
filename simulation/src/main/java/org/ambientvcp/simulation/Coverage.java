package org.ambientvcp.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How often each situation was met. One thread.
public final class Coverage {
    private final EnumMap<Situation, Long> counts = new EnumMap<>(Situation.class);

    public void count(Situation situation) {
        count(situation, 1);
    }

    public void count(Situation situation, long times) {
        counts.merge(situation, times, Long::sum);
    }

    public void add(Coverage other) {
        other.counts.forEach(this::count);
    }

    public long of(Situation situation) {
        return counts.getOrDefault(situation, 0L);
    }

    /// Situations that were never met.
    public List<Situation> missing() {
        return Stream.of(Situation.values())
                .filter(situation -> of(situation) == 0)
                .toList();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var situation : Situation.values())
            text.append(String.format(
                    Locale.ROOT, "%-30s %,12d%n", situation.name().toLowerCase(Locale.ROOT), of(situation)));
        return text.toString();
    }
}
