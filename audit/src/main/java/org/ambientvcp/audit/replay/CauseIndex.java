package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ambientvcp.audit.log.LogPartition;

/// Everything the topics hold that rules wrote, by the input it was made of: a sort-merge join of the logs with
/// themselves. Every written partition is read once; what was made of one source partition stands in it in the order of
/// the inputs, so each pair of partitions is a run that is sorted already, and a source's answers are the merge of its
/// runs. Memory is bounded by the number of runs; entries beyond a buffer are in files. Thread-safe.
final class CauseIndex implements AutoCloseable {
    private final Path scratch;
    private final Shelf routings;
    private final Map<LogPartition, List<Run>> runs = new ConcurrentHashMap<>();
    private final Map<LogPartition, Long> lastCause = new ConcurrentHashMap<>();
    private final Map<Integer, Set<Long>> summaries = new ConcurrentHashMap<>();
    private int files;

    /// @param scratch an empty directory for what does not fit into memory
    CauseIndex(Path scratch) throws IOException {
        this.scratch = scratch;
        routings = new Shelf(scratch.resolve("routings"));
    }

    synchronized Run newRun(LogPartition source, LogPartition place) {
        var run = new Run(place, scratch.resolve("run-" + files++));
        runs.computeIfAbsent(source, unknown -> new ArrayList<>()).add(run);
        return run;
    }

    void answered(LogPartition source, long causeOffset) {
        lastCause.merge(source, causeOffset, Math::max);
    }

    /// Keeps what an offer says the router knew.
    ///
    /// @return where; an [Entry] has it as its registration and sample
    long keepRouting(String header) throws IOException {
        return routings.put(header.getBytes(StandardCharsets.UTF_8));
    }

    /// What an offer says the router knew.
    String routing(Entry offer) throws IOException {
        var place = ((long) offer.registration() << 32) | Integer.toUnsignedLong(offer.sample());
        return place < 0 ? "" : new String(routings.get(place), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        routings.close();
    }

    /// The router used this version of a cell's summary.
    void needSummary(int cell, long version) {
        summaries
                .computeIfAbsent(cell, unknown -> ConcurrentHashMap.newKeySet())
                .add(version);
    }

    Set<Long> neededSummaries(int cell) {
        return summaries.getOrDefault(cell, Set.of());
    }

    /// Offset of the last input of a source that something was made of; -1 = none.
    long lastCause(LogPartition source) {
        return lastCause.getOrDefault(source, -1L);
    }

    Answers answers(LogPartition source) throws IOException {
        return new Answers(runs.getOrDefault(source, List.of()));
    }
}
