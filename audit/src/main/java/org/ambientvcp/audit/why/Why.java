package org.ambientvcp.audit.why;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.cell.Judgement;
import org.ambientvcp.scheduler.cell.Output;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.jspecify.annotations.Nullable;

/// Says why a task went where it went: the cells that met it are replayed up to the end of their logs. Works as long as
/// the
/// logs are there, whether or not the task is still remembered.
public final class Why {
    private final ExportedLogs logs;
    private final String taskId;
    private final byte[] key;

    private final boolean withNodes;
    /// How nodes stood when the task was placed in the present command.
    private List<Judgement> placed = List.of();

    private List<Judgement> waiting = List.of();

    private Why(ExportedLogs logs, String taskId, boolean withNodes) {
        this.logs = logs;
        this.withNodes = withNodes;
        this.taskId = taskId;
        key = taskId.getBytes(StandardCharsets.UTF_8);
    }

    /// @param logs with the commands of the cells and, for tasks that no cell met, the statuses
    /// @param withNodes whether every node of the cell is listed
    /// @throws IOException if the logs cannot be read, or a cell's first commands are gone
    public static TaskStory of(ExportedLogs logs, String taskId, boolean withNodes) throws IOException {
        return new Why(logs, taskId, withNodes).story();
    }

    private TaskStory story() throws IOException {
        var steps = new ArrayList<TaskStory.Step>();
        for (var place : logs.partitions(Topics.CELL_COMMANDS)) if (met(place)) replay(place, steps);
        steps.sort(Comparator.comparingLong(TaskStory.Step::atEpochMillis));
        TaskStatus last = null;
        for (var step : steps) if (step.status() != null) last = step.status();
        return new TaskStory(taskId, steps, waiting, last == null ? stored() : last);
    }

    private boolean met(LogPartition place) throws IOException {
        try (var reader = logs.read(place)) {
            for (var record = reader.next(); record != null; record = reader.next())
                if (Arrays.equals(record.key(), key)) return true;
        }
        return false;
    }

    private void replay(LogPartition place, List<TaskStory.Step> steps) throws IOException {
        if (logs.range(place).first() > 0)
            throw new IOException(place + ": its commands before offset "
                    + logs.range(place).first() + " expired, so what the cell knew cannot be computed");
        var cell = Cell.restore(place.partition(), CellSnapshot.EMPTY);
        if (withNodes) cell.watch(taskId, nodes -> placed = nodes);
        try (var reader = logs.read(place)) {
            for (var record = reader.next(); record != null; record = reader.next()) {
                placed = List.of();
                var command = decode(record);
                if (command == null) continue;
                var step = step(
                        place.partition(), record, command, cell.apply(record.offset(), record.eventTime(), command));
                if (step != null) steps.add(step);
            }
        }
        var standing = withNodes ? cell.judgements(taskId) : List.<Judgement>of();
        if (!standing.isEmpty()) waiting = standing;
    }

    private @Nullable CellCommand decode(LoggedRecord record) {
        if (record.value() == null) return null;
        try {
            return logs.schemas().decode(Topics.CELL_COMMANDS, record.value());
        } catch (MalformedEventException refused) {
            return null;
        }
    }

    private TaskStory.@Nullable Step step(int cell, LoggedRecord record, CellCommand command, Effects effects) {
        var leases = effects.assignments().stream()
                .map(Output::value)
                .filter(lease -> lease.getTaskId().equals(taskId))
                .toList();
        var job = effects.verifications().stream()
                .map(Output::value)
                .filter(any -> any.getTaskId().equals(taskId))
                .findFirst()
                .orElse(null);
        var status = effects.statuses().stream()
                .map(Output::value)
                .filter(any -> any.getTaskId().equals(taskId))
                .findFirst()
                .orElse(null);
        var refusals = Arrays.equals(record.key(), key)
                ? effects.refusals().stream()
                        .map(refusal -> refusal.code() + ": " + refusal.reason())
                        .toList()
                : List.<String>of();
        if (leases.isEmpty() && job == null && status == null && refusals.isEmpty()) return null;
        return new TaskStory.Step(
                cell,
                record.offset(),
                record.eventTime(),
                command.getBody().getClass().getSimpleName(),
                speaker(command),
                leases,
                placed,
                job,
                status,
                refusals);
    }

    private static @Nullable String speaker(CellCommand command) {
        return switch (command.getBody()) {
            case CommitmentReceived received -> received.getNodeId();
            case ResultReceived received -> received.getNodeId();
            default -> null;
        };
    }

    /// The last status there is, of a task that no cell met.
    private @Nullable TaskStatus stored() throws IOException {
        TaskStatus found = null;
        for (var place : logs.partitions(Topics.TASK_STATUS)) {
            try (var reader = logs.read(place)) {
                for (var record = reader.next(); record != null; record = reader.next()) {
                    var name = record.keyText();
                    if (name != null && name.endsWith("/" + taskId) && record.value() != null)
                        found = logs.schemas().decode(Topics.TASK_STATUS, record.value());
                }
            }
        }
        return found;
    }
}
