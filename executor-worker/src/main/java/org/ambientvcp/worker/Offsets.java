package org.ambientvcp.worker;

import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which records of the node's partition are finished. Work ends in any order, so the position that is
/// committed is the lowest offset that is not finished, together with the finished ones above it: after a
/// restart they are not done again. Thread-safe.
final class Offsets {
    /// Brokers take 4,096 bytes of metadata with a position; what does not fit is done again.
    private static final int MOST_METADATA_CHARS = 2_000;

    private final TreeSet<Long> open = new TreeSet<>();
    private final TreeSet<Long> finished = new TreeSet<>();
    private long position;

    /// What is committed.
    ///
    /// @param offset where a restart reads on
    /// @param metadata distances from there to finished records, separated by commas, rising
    record Mark(long offset, String metadata) {}

    Offsets(Mark start) {
        position = start.offset();
        remember(start);
    }

    private void remember(Mark start) {
        for (var distance : start.metadata().split(",", -1)) {
            if (distance.matches("\\d{1,9}")) finished.add(start.offset() + Long.parseLong(distance));
        }
    }

    /// Goes on in another partition; what is finished of the last one does not matter any more.
    synchronized void startAt(Mark start) {
        open.clear();
        finished.clear();
        position = start.offset();
        remember(start);
    }

    /// Whether a record was finished before the restart.
    synchronized boolean isFinished(long offset) {
        return finished.contains(offset);
    }

    /// Work on a record begins.
    synchronized void begin(long offset) {
        open.add(offset);
    }

    synchronized void finish(long offset) {
        if (open.remove(offset)) finished.add(offset);
    }

    /// All records up to and including this one have been looked at.
    synchronized void passed(long offset) {
        position = Math.max(position, offset + 1);
    }

    synchronized Mark mark() {
        long lowest = open.isEmpty() ? position : open.first();
        finished.headSet(lowest).clear();
        var metadata =
                finished.stream().map(offset -> Long.toString(offset - lowest)).collect(Collectors.joining(","));
        return new Mark(lowest, metadata.length() <= MOST_METADATA_CHARS ? metadata : shortened(metadata));
    }

    private static String shortened(String metadata) {
        return metadata.substring(0, metadata.lastIndexOf(',', MOST_METADATA_CHARS));
    }
}
