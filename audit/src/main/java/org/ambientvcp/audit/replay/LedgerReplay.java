package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Keeps one partition's books again. One thread.
///
/// Which cell an offer goes to also depends on the summaries the router knew; the offer's header names their versions,
/// and
/// what a version says is a function of that cell's log, so it is computed and not believed.
final class LedgerReplay {
    private final ExportedLogs logs;
    private final LogPartition place;
    private final BookKeeping books;
    private final CauseIndex index;
    private final SummaryShelf summaries;
    private final Findings findings;
    private final long from;
    private long unknownSummaries;

    /// @param summaries of cells that were replayed
    LedgerReplay(
            ExportedLogs logs,
            LogPartition place,
            AuditSettings settings,
            Checkpoint.@Nullable State start,
            CauseIndex index,
            SummaryShelf summaries,
            Findings findings) {
        this.logs = logs;
        this.place = place;
        books = new BookKeeping(settings, start);
        from = start == null ? 0 : start.nextOffset();
        this.index = index;
        this.summaries = summaries;
        this.findings = findings;
    }

    Checkpoint.State run() throws IOException {
        long next = from;
        try (var reader = logs.read(place);
                var judge = new Judge(logs, place, from, index, findings)) {
            for (var record = reader.next(); record != null; record = reader.next()) {
                if (!judge.isAnswered(record)) continue;
                var entries = judge.answersTo(record.offset());
                if (record.offset() < from) continue;
                judge.compare(record, entries, apply(record, entries));
                books.forget(record.eventTime());
                next = record.offset() + 1;
            }
        }
        if (unknownSummaries > 0)
            findings.unprovable(
                    "choices of a cell by a summary that cannot be computed: its cell's log is not whole",
                    unknownSummaries);
        return books.state(next);
    }

    private List<Expected> apply(LoggedRecord record, List<Entry> entries) throws IOException {
        if (record.value() == null)
            return List.of(
                    CellOutputs.deadLetter(new Refusal("undecodable", "the record has no value"), place, record));
        LedgerCommand command;
        try {
            command = logs.schemas().decode(Topics.LEDGER_COMMANDS, record.value());
        } catch (MalformedEventException malformed) {
            return List.of(CellOutputs.deadLetter(
                    new Refusal("undecodable", String.valueOf(malformed.getMessage())), place, record));
        }
        var effects = books.apply(command, record.keyText(), record.eventTime());
        var routing = effects.offer() == null ? null : routing(entries);
        var outputs = new ArrayList<>(BookKeeping.outputs(
                effects,
                record.eventTime(),
                routing == null ? Math.max(1, logs.count(Topics.CELL_COMMANDS)) : routing.cells(),
                cell -> summary(routing, cell)));
        for (var refusal : effects.refusals()) outputs.add(CellOutputs.deadLetter(refusal, place, record));
        return outputs;
    }

    /// What the header of the offer that was made says.
    private @Nullable Routing routing(List<Entry> entries) throws IOException {
        for (var entry : entries)
            if (entry.place().topic().equals(Topics.CELL_COMMANDS)) return Routing.parse(index.routing(entry));
        return null;
    }

    private @Nullable CellSummary summary(@Nullable Routing routing, int cell) {
        var version = routing == null ? null : routing.versions().get(cell);
        if (version == null) return null;
        var known = summaries.get(cell, version);
        if (known == null) unknownSummaries++;
        return known;
    }
}
