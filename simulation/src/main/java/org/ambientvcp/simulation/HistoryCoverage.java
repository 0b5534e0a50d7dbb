package org.ambientvcp.simulation;

import java.util.HashMap;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.checks.History;

/// Counts the situations that a history shows.
final class HistoryCoverage {
    private HistoryCoverage() {}

    static void count(History history, Coverage coverage) {
        var last = new HashMap<String, TaskStatus>();
        for (var each : history.of(Topics.TASK_STATUS))
            if (each.value() != null && each.key() != null) last.put(each.key(), each.value());
        last.values().forEach(status -> status(status, coverage));
        letters(history, coverage);
        jobs(history, coverage);
        nodes(history, coverage);
        long slashed = 0;
        for (var each : history.of(Topics.LEDGER_COMMANDS)) {
            if (each.value() == null) continue;
            if (each.value().getBody() instanceof PassOn) coverage.count(Situation.PASSED_ON);
            if (each.value().getBody() instanceof SlashNode slash) {
                coverage.count(Situation.SLASHED);
                slashed += slash.getAmountMicros();
            }
        }
        for (var each : history.of(Topics.LEDGER))
            if (each.value() != null
                    && each.value().getKind() == TransferKind.SLASH
                    && each.value().getAmountMicros() > 0)
                slashed -= each.value().getAmountMicros();
        if (slashed > 0) coverage.count(Situation.SLASHED_TO_ZERO);
    }

    private static void status(TaskStatus status, Coverage coverage) {
        var reason = status.getReason() == null ? "" : status.getReason();
        switch (status.getState()) {
            case ACCEPTED -> {
                coverage.count(Situation.ACCEPTED);
                if (status.getLevel() == VerificationLevel.QUORUM) coverage.count(Situation.QUORUM_ACCEPTED);
            }
            case FAILED -> coverage.count(Situation.FAILED);
            case CANCELLED -> coverage.count(Situation.CANCELLED);
            case REJECTED -> coverage.count(Situation.REJECTED);
            case QUEUED, LEASED, VERIFYING -> coverage.count(Situation.WAITS_FOR_EVER);
        }
        if (reason.contains("deadline")) coverage.count(Situation.DEADLINE_PASSED);
        if (reason.startsWith("queue full")) coverage.count(Situation.QUEUE_FULL);
        if (reason.contains("its quota is")) coverage.count(Situation.OVER_QUOTA);
        if (reason.startsWith("the reward is")) coverage.count(Situation.OUT_OF_FUNDS);
        coverage.count(Situation.RETRY, status.getHistory().size());
        for (var sentence : status.getHistory()) {
            if (sentence.contains("expired")) coverage.count(Situation.LEASE_EXPIRED);
            if (sentence.contains("the next attempt has")) coverage.count(Situation.QUORUM_RAISED);
            if (sentence.contains("the evidence was refused")) coverage.count(Situation.RESULT_REFUSED);
        }
    }

    private static void letters(History history, Coverage coverage) {
        for (var each : history.of(Topics.DEAD_LETTERS)) {
            if (each.value() == null) continue;
            switch (each.value().getCode()) {
                case "stale-lease" -> coverage.count(Situation.STALE_LEASE_REFUSED);
                case "copied-commitment" -> coverage.count(Situation.COPIED_COMMITMENT_REFUSED);
                default -> {}
            }
        }
    }

    private static void jobs(History history, Coverage coverage) {
        var seen = new HashMap<String, Integer>();
        for (var each : history.of(Topics.VERIFICATIONS)) {
            if (each.value() == null) continue;
            var job = each.value();
            if (job.getReexecute()) coverage.count(Situation.SPOT_CHECK_REEXECUTED);
            if (seen.merge(job.getTaskId() + "/" + job.getAttempt(), 1, Integer::sum) > 1)
                coverage.count(Situation.JOB_REPEATED);
        }
    }

    private static void nodes(History history, Coverage coverage) {
        var breakers = new HashMap<String, Breaker>();
        var ends = new HashMap<String, Long>();
        for (var each : history.of(Topics.CELL_COMMANDS)) {
            if (each.value() == null || !(each.value().getBody() instanceof NodeUpdate update)) continue;
            var id = update.getNodeId();
            var before = breakers.put(id, update.getBreaker());
            if (before != update.getBreaker() && update.getBreaker() == Breaker.OPEN)
                coverage.count(Situation.BREAKER_OPENED);
            var end = ends.put(id, each.timeMillis() + update.getLeaseMillis());
            if (end != null && end < each.timeMillis()) coverage.count(Situation.NODE_LEASE_ENDED);
        }
    }
}
