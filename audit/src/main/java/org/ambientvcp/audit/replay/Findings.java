package org.ambientvcp.audit.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.schemas.Topic;

/// What a replay found, of all its parts. Thread-safe.
final class Findings {
    /// Differences that are kept; all are counted.
    private static final int MOST = 10_000;

    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Long> compared = new TreeMap<>();
    private final Map<String, Long> unprovable = new TreeMap<>();
    private final Map<String, Long> pending = new TreeMap<>();
    private final Map<String, String> digests = new TreeMap<>();
    private long count;

    synchronized void add(Difference difference) {
        count++;
        if (differences.size() < MOST) differences.add(difference);
    }

    synchronized void compared(Topic<?> topic, long records) {
        compared.merge(topic.name(), records, Long::sum);
    }

    /// So many records, or one stage, cannot be judged.
    ///
    /// @param why a sentence
    synchronized void unprovable(String why, long records) {
        unprovable.merge(why, records, Long::sum);
    }

    /// Inputs at the end of the log that nothing was made of yet.
    synchronized void pending(String source, long inputs) {
        if (inputs > 0) pending.merge(source, inputs, Long::sum);
    }

    synchronized void digest(String source, String hex) {
        digests.put(source, hex);
    }

    synchronized long count() {
        return count;
    }

    synchronized Map<String, Long> compared() {
        return new TreeMap<>(compared);
    }

    synchronized Map<String, Long> unprovable() {
        return new TreeMap<>(unprovable);
    }

    synchronized Map<String, Long> pending() {
        return new TreeMap<>(pending);
    }

    synchronized Map<String, String> digests() {
        return new TreeMap<>(digests);
    }

    /// What stands out of order, then the others by time, each record once; those that follow from another come last.
    synchronized List<Difference> differences() {
        var roots = new Roots(differences);
        var seen = new HashSet<String>();
        return differences.stream()
                .filter(difference -> difference.offset() < 0 || seen.add(difference.place()))
                .sorted(Comparator.<Difference, Boolean>comparing(roots::haveAsFollower)
                        .thenComparing(difference -> difference.kind() != Difference.Kind.OUT_OF_ORDER)
                        .thenComparingLong(Difference::causeTimestamp)
                        .thenComparing(Difference::place))
                .toList();
    }
}
