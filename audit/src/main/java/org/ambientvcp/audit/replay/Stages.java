package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// The work of a replay, partition by partition.
final class Stages {
    private final ExportedLogs logs;
    private final AuditSettings settings;
    private final Checkpoint start;
    private final CauseIndex index;
    private final SummaryShelf summaries;
    private final Findings findings;
    private final TreeMap<LogPartition, Checkpoint.State> ends = new TreeMap<>();

    Stages(
            ExportedLogs logs,
            AuditSettings settings,
            Checkpoint start,
            CauseIndex index,
            SummaryShelf summaries,
            Findings findings) {
        this.logs = logs;
        this.settings = settings;
        this.start = start;
        this.index = index;
        this.summaries = summaries;
        this.findings = findings;
    }

    int cellCount() {
        return logs.count(Topics.CELL_COMMANDS);
    }

    List<Callable<Void>> cells() {
        var work = new ArrayList<Callable<Void>>();
        for (var place : logs.partitions(Topics.CELL_COMMANDS))
            work.add(() -> {
                var from = start.of(place);
                if (!isWhole(place, from)) return null;
                var replay = new CellReplay(logs, place, from, index, summaries, findings);
                ended(place, replay.run());
                return null;
            });
        return work;
    }

    /// What needs the cells' summaries, and what needs nothing.
    List<Callable<Void>> others() {
        var work = new ArrayList<Callable<Void>>();
        for (var place : logs.partitions(Topics.LEDGER_COMMANDS))
            work.add(() -> {
                var from = start.of(place);
                if (!isWhole(place, from)) return null;
                ended(place, new LedgerReplay(logs, place, settings, from, index, summaries, findings).run());
                return null;
            });
        for (var topic : Sources.INTAKE)
            for (var place : logs.partitions(topic))
                work.add(() -> {
                    new IntakeReplay(logs, place, settings, index, findings).run();
                    return null;
                });
        for (int partition = 0; partition < logs.count(Topics.TELEMETRY); partition++) {
            var number = partition;
            work.add(() -> {
                telemetry(number);
                return null;
            });
        }
        return work;
    }

    private void telemetry(int partition) throws IOException {
        var inputs = Sources.TELEMETRY.stream()
                .map(topic -> new LogPartition(topic, partition))
                .toList();
        for (var input : inputs) {
            var from = start.of(input);
            if (!isWhole(input, from)) return;
            if (Brokers.compact(input.topic()) && !logs.isWhole(input)) {
                findings.unprovable(
                        input + " may have been compacted: what telemetry-ingest made of older registrations or"
                                + " reputations is not judged",
                        1);
                return;
            }
        }
        var nodes = new NodeKeeping(
                logs.schemas(), logs.count(Topics.CELL_COMMANDS), logs.count(Topics.TELEMETRY), settings);
        for (var end : new TelemetryReplay(logs, partition, nodes, start, index, findings)
                .run()
                .entrySet()) ended(end.getKey(), end.getValue());
    }

    /// Whether everything a partition's state depends on is there.
    private boolean isWhole(LogPartition place, Checkpoint.@Nullable State from) {
        var first = logs.range(place).first();
        if (from == null ? first == 0 : first <= from.nextOffset()) return true;
        findings.unprovable(
                place + ": its records before offset " + first + " expired, and "
                        + (from == null ? "there is no checkpoint" : "the checkpoint ends at " + from.nextOffset()),
                1);
        return false;
    }

    private synchronized void ended(LogPartition place, Checkpoint.State state) throws IOException {
        ends.put(place, state);
    }

    synchronized Checkpoint checkpoint() {
        return new Checkpoint(new TreeMap<>(ends));
    }
}
