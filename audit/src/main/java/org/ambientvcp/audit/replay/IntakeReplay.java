package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.util.List;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.schemas.Topics;

/// Checks one partition of tasks, commitments, results or verdicts again, signatures included. One thread.
final class IntakeReplay {
    private final ExportedLogs logs;
    private final LogPartition place;
    private final IntakeRules rules;
    private final CauseIndex index;
    private final Findings findings;

    IntakeReplay(ExportedLogs logs, LogPartition place, AuditSettings settings, CauseIndex index, Findings findings) {
        this.logs = logs;
        this.place = place;
        this.index = index;
        this.findings = findings;
        rules = new IntakeRules(logs.schemas(), Math.max(1, logs.count(Topics.CELL_COMMANDS)), settings);
    }

    void run() throws IOException {
        try (var reader = logs.read(place);
                var judge = new Judge(logs, place, 0, index, findings)) {
            for (var record = reader.next(); record != null; record = reader.next())
                if (judge.isAnswered(record))
                    judge.compare(record, judge.answersTo(record.offset()), List.of(rules.apply(place, record)));
        }
    }
}
