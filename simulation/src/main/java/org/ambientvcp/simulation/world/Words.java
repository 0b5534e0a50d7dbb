package org.ambientvcp.simulation.world;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.scheduler.cell.Effects;

/// What happens, for a person who reads a trace.
final class Words {
    private Words() {}

    static String command(long offset, CellCommand command, Effects effects) {
        var did = new ArrayList<String>();
        for (var each : effects.assignments()) {
            var lease = each.value();
            did.add(lease.getKind() + " " + lease.getTaskId() + "/" + lease.getAttempt() + " lease "
                    + lease.getLeaseEpoch() + " to " + name(lease.getNodeId()));
        }
        for (var each : effects.statuses())
            did.add(each.value().getTaskId() + " " + each.value().getState()
                    + (each.value().getReason() == null
                            ? ""
                            : " (" + each.value().getReason() + ")"));
        for (var each : effects.verifications())
            did.add("job " + each.value().getTaskId() + "/" + each.value().getAttempt());
        for (var each : effects.ledger()) did.add(ledger(each.value()));
        for (var each : effects.refusals()) did.add("refused: " + each.code() + " " + each.reason());
        if (effects.ignored() > 0) did.add("ignored");
        return "#" + offset + " " + body(command) + (did.isEmpty() ? "" : " → " + String.join("; ", did));
    }

    private static String body(CellCommand command) {
        return switch (command.getBody()) {
            case NodeUpdate update ->
                "update of " + update.getName() + ", " + update.getBreaker() + ", for " + update.getLeaseMillis()
                        + " ms";
            case TaskOffer offer -> "offer of " + offer.getTask().getTaskId();
            case CommitmentReceived received ->
                "promise " + received.getTaskId() + " lease " + received.getLeaseEpoch();
            case ResultReceived received -> "result " + received.getTaskId() + " lease " + received.getLeaseEpoch();
            case VerdictReceived received ->
                "verdict " + received.getVerdict().getOutcome() + " "
                        + received.getVerdict().getTaskId() + "/"
                        + received.getVerdict().getAttempt();
            case TaskCancel cancel -> "cancel of " + cancel.getTaskId();
            default -> command.getBody().getClass().getSimpleName();
        };
    }

    static String ledger(LedgerCommand command) {
        var text = command.getBody().toString();
        return command.getBody().getClass().getSimpleName() + " "
                + (text.length() <= 160 ? text : text.substring(0, 160) + "…");
    }

    private static String name(String nodeId) {
        return nodeId.substring(0, Math.min(7, nodeId.length()));
    }

    static String list(List<?> things) {
        return String.join(", ", things.stream().map(String::valueOf).toList());
    }
}
