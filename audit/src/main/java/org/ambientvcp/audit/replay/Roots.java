package org.ambientvcp.audit.replay;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where differences begin: whoever reads a wrong record, or misses one, may give others from there on, so what was
/// made
/// of a partition's inputs behind its first difference may follow from it. Not changed once made.
final class Roots {
    /// Offset of the first record that is wrong, by partition.
    private final Map<String, Long> firstOffset = new HashMap<>();
    /// The first record that is missing, by partition.
    private final Map<String, Difference> firstMissing = new HashMap<>();
    /// The first difference of any input of telemetry-ingest, which reads all of them into one state, by partition.
    private final Map<Integer, Difference> firstKnown = new HashMap<>();

    private final Set<String> places;

    Roots(Collection<Difference> differences) {
        places = differences.stream().map(Difference::place).collect(Collectors.toSet());
        for (var difference : differences) {
            if (isMadeOfWrong(difference)) continue;
            var partition = partition(difference.topic(), difference.partition());
            if (difference.offset() >= 0) firstOffset.merge(partition, difference.offset(), Math::min);
            else firstMissing.merge(partition, difference, Roots::earlier);
            if (isOfNodes(difference.topic())) firstKnown.merge(difference.partition(), difference, Roots::earlier);
        }
    }

    private boolean isMadeOfWrong(Difference difference) {
        var cause = difference.cause();
        return cause != null && places.contains(partition(cause.topic(), cause.partition()) + "-" + cause.offset());
    }

    private static String partition(String topic, int partition) {
        return topic + "-" + partition;
    }

    private static boolean isOfNodes(String topic) {
        return Sources.TELEMETRY.stream().anyMatch(input -> input.name().equals(topic));
    }

    private static Difference earlier(Difference one, Difference other) {
        return other.causeTimestamp() < one.causeTimestamp() ? other : one;
    }

    /// Whether a difference may follow from another.
    boolean haveAsFollower(Difference difference) {
        var cause = difference.cause();
        if (cause == null) return false;
        if (isMadeOfWrong(difference)) return true;
        var source = partition(cause.topic(), cause.partition());
        var offset = firstOffset.get(source);
        if (offset != null && offset <= cause.offset()) return true;
        return isBehind(firstMissing.get(source), difference)
                || (isOfNodes(cause.topic()) && isBehind(firstKnown.get(cause.partition()), difference));
    }

    private static boolean isBehind(@Nullable Difference first, Difference difference) {
        return first != null && !first.equals(difference) && first.causeTimestamp() <= difference.causeTimestamp();
    }
}
