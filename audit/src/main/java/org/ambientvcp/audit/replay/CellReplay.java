package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Runs one cell over its log again. One thread.
final class CellReplay {
    private static final int TOLD_KEPT = 256;

    private final ExportedLogs logs;
    private final LogPartition place;
    private final Cell cell;
    private final CellMemory memory;
    private final long from;
    private final CauseIndex index;
    private final Findings findings;
    private final SummaryShelf summaries;
    private final Set<Long> needed;
    /// The last summaries that were written; the router may use them after the checkpoint.
    private final ArrayDeque<CellSummary> told = new ArrayDeque<>();

    /// @param summaries gets those that the router used
    /// @param start as it stood before the first command; null: at the beginning
    CellReplay(
            ExportedLogs logs,
            LogPartition place,
            Checkpoint.@Nullable State start,
            CauseIndex index,
            SummaryShelf summaries,
            Findings findings)
            throws IOException {
        this.logs = logs;
        this.place = place;
        memory = new CellMemory(start);
        for (var summary : memory.told()) {
            told.add(summary);
            summaries.put(summary, summary.getVersion());
        }
        cell = Cell.restore(place.partition(), memory.snapshot());
        from = start == null ? 0 : start.nextOffset();
        this.index = index;
        this.summaries = summaries;
        this.findings = findings;
        needed = index.neededSummaries(place.partition());
    }

    /// @return the cell's state at the end
    Checkpoint.State run() throws IOException {
        try (var reader = logs.read(place);
                var judge = new Judge(logs, place, from, index, findings)) {
            keep(from - 1);
            long next = from;
            for (var record = reader.next(); record != null; record = reader.next()) {
                if (!judge.isAnswered(record)) continue;
                var entries = judge.answersTo(record.offset());
                if (record.offset() < from) continue;
                var expected = apply(record);
                int split = entries.size();
                while (split > 0 && entries.get(split - 1).number() == Entry.SUMMARY) split--;
                judge.compare(record, entries.subList(0, split), expected);
                keep(record.offset());
                next = record.offset() + 1;
                for (var summary : entries.subList(split, entries.size())) compare(judge, summary, record);
            }
            return memory.state(next, told);
        }
    }

    private void compare(Judge judge, Entry summary, LoggedRecord record) throws IOException {
        judge.compareSummary(
                summary,
                Expected.byKey(Topics.CELL_SUMMARIES, Integer.toString(place.partition()), cell.summary(), 0),
                record.timestamp());
        if (told.size() == TOLD_KEPT) told.removeFirst();
        told.addLast(cell.summary());
    }

    private void keep(long version) throws IOException {
        if (needed.contains(version)) summaries.put(cell.summary(), version);
    }

    private List<Expected> apply(LoggedRecord record) {
        if (record.value() == null)
            return List.of(
                    CellOutputs.deadLetter(new Refusal("undecodable", "the record has no value"), place, record));
        CellCommand command;
        try {
            command = logs.schemas().decode(Topics.CELL_COMMANDS, record.value());
        } catch (MalformedEventException malformed) {
            return List.of(CellOutputs.deadLetter(
                    new Refusal("undecodable", String.valueOf(malformed.getMessage())), place, record));
        }
        var effects = cell.apply(record.offset(), record.eventTime(), command);
        memory.apply(effects.changes());
        return CellOutputs.of(effects, place.partition(), place, record);
    }
}
