package org.ambientvcp.audit.whatif;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.scheduler.cell.Cell;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.SingleObject;
import org.jspecify.annotations.Nullable;

/// Replays a cell's log as it is and notes what its nodes and verifiers did. One thread.
final class Observer {
    private final ExportedLogs logs;
    private final LogPartition place;
    private final Cell cell;
    private final RunModel model;
    private final Measures measures;
    private final Map<String, Seen> tasks = new HashMap<>();

    /// A live task.
    private static final class Seen {
        private final List<Leased> leases = new ArrayList<>();
        private String moduleSha256 = "";
        private @Nullable VerificationJob job;
        private long jobAt;
    }

    private static final class Leased {
        private final Assignment lease;
        private final long at;
        private long answeredAt = -1;
        private long revealAt = -1;
        private @Nullable TaskResult result;
        private boolean wrong;
        private boolean silent;

        Leased(Assignment lease, long at) {
            this.lease = lease;
            this.at = at;
        }

        ObservedRun run() {
            return new ObservedRun(
                    lease.getNodeId(),
                    answeredAt < 0 ? 0 : answeredAt - at,
                    result == null ? 0 : result.getGasUsed(),
                    result == null ? 0 : result.getWallMicros(),
                    result == null ? 0 : result.getEnergyMicrojoules(),
                    result != null && result.getOutcome() == Outcome.NODE_FAILED,
                    wrong,
                    silent);
        }
    }

    Observer(ExportedLogs logs, LogPartition place, RunModel model, Measures measures) {
        this.logs = logs;
        this.place = place;
        this.model = model;
        this.measures = measures;
        cell = Cell.restore(place.partition(), CellSnapshot.EMPTY);
    }

    void run() throws IOException {
        try (var reader = logs.read(place)) {
            for (var record = reader.next(); record != null; record = reader.next()) {
                var command = Commands.read(logs, record);
                measures.time(record.eventTime());
                if (command != null)
                    apply(record.eventTime(), command, cell.apply(record.offset(), record.eventTime(), command));
            }
        }
        tasks.forEach((taskId, seen) -> ended(taskId, seen));
    }

    private void apply(long at, CellCommand command, Effects effects) {
        switch (command.getBody()) {
            case NodeUpdate update -> measures.node(update);
            case TaskOffer offer -> measures.offer(offer, at);
            case CommitmentReceived received -> answered(received.getTaskId(), received.getLeaseEpoch(), at, null);
            case ResultReceived received ->
                answered(received.getTaskId(), received.getLeaseEpoch(), at, result(received));
            case VerdictReceived received -> judged(received.getVerdict(), at);
            default -> {}
        }
        for (var output : effects.assignments()) assigned(output.value(), at);
        for (var output : effects.verifications()) {
            var seen = tasks.get(output.value().getTaskId());
            if (seen == null) continue;
            if (seen.job != null && seen.job.getAttempt() == output.value().getAttempt()) continue;
            seen.job = output.value();
            seen.jobAt = at;
        }
        measures.effects(effects, at);
        for (var output : effects.statuses()) {
            switch (output.value().getState()) {
                case ACCEPTED, FAILED, CANCELLED -> {
                    var seen = tasks.remove(output.value().getTaskId());
                    if (seen != null) ended(output.value().getTaskId(), seen);
                }
                case REJECTED, QUEUED, LEASED, VERIFYING -> {}
            }
        }
    }

    private static @Nullable TaskResult result(ResultReceived received) {
        try {
            return SingleObject.decode(
                    TaskResult.class, Bytes.of(received.getResult().getPayload()));
        } catch (MalformedEventException malformed) {
            return null; // the cell refused it
        }
    }

    private void assigned(Assignment lease, long at) {
        var seen = tasks.computeIfAbsent(lease.getTaskId(), unknown -> new Seen());
        if (lease.getKind() == AssignmentKind.EXECUTE) {
            seen.leases.add(new Leased(lease, at));
            if (lease.getTask() != null) seen.moduleSha256 = lease.getTask().getModuleSha256();
            return;
        }
        var leased = leased(seen, lease.getLeaseEpoch());
        if (leased == null) return;
        if (lease.getKind() == AssignmentKind.REVEAL) leased.revealAt = at;
        else leased.silent = leased.answeredAt < 0 && leased.lease.getLeaseExpiresAtEpochMillis() <= at;
    }

    private static @Nullable Leased leased(Seen seen, long leaseEpoch) {
        for (var leased : seen.leases) if (leased.lease.getLeaseEpoch() == leaseEpoch) return leased;
        return null;
    }

    private void answered(String taskId, long leaseEpoch, long at, @Nullable TaskResult result) {
        var seen = tasks.get(taskId);
        var leased = seen == null ? null : leased(seen, leaseEpoch);
        if (leased == null) return;
        var firstAnswer = leased.answeredAt < 0;
        if (firstAnswer) leased.answeredAt = at;
        if (result == null || leased.result != null) return;
        leased.result = result;
        if (leased.revealAt >= 0) model.observedReveal(at - leased.revealAt);
    }

    private void judged(Verdict verdict, long at) {
        var seen = tasks.get(verdict.getTaskId());
        var job = seen == null ? null : seen.job;
        if (seen == null || job == null || job.getAttempt() != verdict.getAttempt()) return;
        model.observedCheck(job.getLevel(), job.getReexecute(), at - seen.jobAt);
        if (!job.getReexecute() && job.getLevel() != VerificationLevel.QUORUM) return;
        for (var finding : verdict.getFindings()) {
            var leased = leased(seen, finding.getLeaseEpoch());
            if (leased == null || finding.getKind() == FindingKind.MISSING) continue;
            leased.wrong = finding.getKind() == FindingKind.REJECTED;
            model.judged(finding.getNodeId(), leased.wrong);
        }
    }

    private void ended(String taskId, Seen seen) {
        var runs = seen.leases.stream()
                .filter(leased -> leased.answeredAt >= 0 || leased.silent)
                .map(Leased::run)
                .toList();
        for (var run : runs) if (!run.silent()) measures.ran(run);
        model.observed(taskId, seen.moduleSha256, runs);
    }
}
