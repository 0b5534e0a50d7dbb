package org.ambientvcp.audit.replay;

import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.audit.log.LoggedSchemas;
import org.ambientvcp.events.Signed;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.intake.Decision;
import org.ambientvcp.scheduler.intake.EvidenceIntake;
import org.ambientvcp.scheduler.intake.TaskIntake;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// The intake without Kafka: one record in, one record out. Thread-safe.
public final class IntakeRules {
    private final LoggedSchemas schemas;
    private final EvidenceIntake evidence;

    /// @param cells partitions of the cell commands
    public IntakeRules(LoggedSchemas schemas, int cells, AuditSettings settings) {
        this.schemas = schemas;
        evidence = new EvidenceIntake(cells, settings.trustedVerifiers());
    }

    /// What a task, commitment, result or verdict gives.
    public Expected apply(LogPartition place, LoggedRecord record) {
        var at = record.eventTime();
        return switch (decide(place, record)) {
            case Decision.Admit(var owner, var command, var _) ->
                Expected.byKey(Topics.LEDGER_COMMANDS, owner, command, at);
            case Decision.Forward(var cell, var taskId, var command) ->
                new Expected(Topics.CELL_COMMANDS, cell, taskId, command, at);
            case Decision.Rejected(var status) ->
                Expected.byKey(
                        Topics.TASK_STATUS, Topics.taskStatusKey(status.getTenant(), status.getTaskId()), status, at);
            case Decision.Refused(var refusal) -> CellOutputs.deadLetter(refusal, place, record);
        };
    }

    private Decision decide(LogPartition place, LoggedRecord record) {
        var value = record.value();
        if (value == null) return new Decision.Refused(new Refusal("undecodable", "the record has no value"));
        try {
            if (place.topic().equals(Topics.TASKS))
                return TaskIntake.decide(record.keyText(), schemas.decode(Topics.TASKS, value), record.eventTime());
            return decide(place, record.keyText(), schemas.decode(signed(place), value));
        } catch (MalformedEventException malformed) {
            return new Decision.Refused(new Refusal("undecodable", String.valueOf(malformed.getMessage())));
        }
    }

    private Decision decide(LogPartition place, @Nullable String key, Signed signed) {
        if (place.topic().equals(Topics.COMMITMENTS)) return evidence.commitment(key, signed);
        return place.topic().equals(Topics.RESULTS) ? evidence.result(key, signed) : evidence.verdict(key, signed);
    }

    private static Topic<Signed> signed(LogPartition place) {
        if (place.topic().equals(Topics.COMMITMENTS)) return Topics.COMMITMENTS;
        return place.topic().equals(Topics.RESULTS) ? Topics.RESULTS : Topics.VERDICTS;
    }
}
