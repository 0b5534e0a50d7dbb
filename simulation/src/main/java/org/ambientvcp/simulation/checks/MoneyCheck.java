package org.ambientvcp.simulation.checks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellReplica;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.scheduler.cell.Effects;
import org.jspecify.annotations.Nullable;

/// What a cell says about money: a task that leaves is settled, once and rightly, and cheats lose.
final class MoneyCheck {
    private final Findings findings;
    private final Set<String> settled = new HashSet<>();

    MoneyCheck(Findings findings) {
        this.findings = findings;
    }

    void check(
            CellCommand command,
            Effects effects,
            Map<String, CellTask> before,
            Map<String, CellTask> after,
            int slashPercent,
            String where) {
        var offered =
                command.getBody() instanceof TaskOffer offer ? offer.getTask().getTaskId() : null;
        if (offered != null && after.containsKey(offered) && !before.containsKey(offered)) settled.remove(offered);
        var left = new TreeSet<String>();
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(left::add);
        var slashes = new ArrayList<SlashNode>();
        for (var output : effects.ledger()) {
            switch (output.value().getBody()) {
                case SettleTask settle
                when settle.getAttempt() > 0 ->
                    settled(command, effects, settle, before.get(settle.getTaskId()), left, where);
                case SlashNode slash -> slashes.add(slash);
                default -> {}
            }
        }
        findings.require(left.isEmpty(), Law.SETTLED_ONCE, where, () -> left + " left the cell without being settled");
        slashed(command, effects, before, slashes, slashPercent, where);
    }

    private void settled(
            CellCommand command,
            Effects effects,
            SettleTask settle,
            @Nullable CellTask task,
            Set<String> left,
            String where) {
        var id = settle.getTaskId();
        boolean cameAndWent = task == null
                && command.getBody() instanceof TaskOffer offer
                && offer.getTask().getTaskId().equals(id);
        findings.require(
                (left.remove(id) || cameAndWent) && (settled.add(id) || cameAndWent),
                Law.SETTLED_ONCE,
                where,
                () -> id + " is settled but did not leave, or for the second time");
        long paid = settle.getPayments().stream()
                .mapToLong(Payment::getAmountMicros)
                .sum();
        var to = new TreeSet<String>();
        for (var payment : settle.getPayments()) to.add(payment.getNodeId());
        var due = new TreeSet<String>();
        long reward = 0;
        // A verdict that came when the task had just ended by itself is ignored or refused.
        var used = effects.refusals().isEmpty() && effects.ignored() == 0;
        var verdict = task == null || !used ? null : verdict(command, task);
        if (task != null && verdict != null && task.getState() == TaskState.VERIFYING) {
            if (verdict.getOutcome() == VerdictOutcome.ACCEPTED) {
                reward = task.getTask().getRewardMicros();
                for (var replica : task.getReplicas())
                    if (replica.getState().equals("RETURNED") && is(first(verdict, replica), FindingKind.ACCEPTED))
                        due.add(replica.getNodeId());
            }
        }
        long owed = reward;
        findings.require(
                paid == owed && to.equals(due),
                Law.PAID_RIGHTLY,
                where,
                () -> id + " pays " + paid + " to " + to + ", due is " + owed + " to " + due);
    }

    private static @Nullable Verdict verdict(CellCommand command, CellTask task) {
        return command.getBody() instanceof VerdictReceived received
                        && received.getVerdict()
                                .getTaskId()
                                .equals(task.getTask().getTaskId())
                        && received.getVerdict().getAttempt() == task.getAttempt()
                ? received.getVerdict()
                : null;
    }

    /// The finding that counts for a lease: the first.
    private static @Nullable NodeFinding first(Verdict verdict, CellReplica replica) {
        for (var finding : verdict.getFindings())
            if (finding.getNodeId().equals(replica.getNodeId()) && finding.getLeaseEpoch() == replica.getLeaseEpoch())
                return finding;
        return null;
    }

    private static boolean is(@Nullable NodeFinding finding, FindingKind kind) {
        return finding != null && finding.getKind() == kind;
    }

    private void slashed(
            CellCommand command,
            Effects effects,
            Map<String, CellTask> before,
            List<SlashNode> slashes,
            int slashPercent,
            String where) {
        var due = new ArrayList<SlashNode>();
        var got = new TreeSet<String>();
        var owed = new TreeSet<String>();
        if (command.getBody() instanceof VerdictReceived received
                && effects.refusals().isEmpty()) {
            var verdict = received.getVerdict();
            var task = before.get(verdict.getTaskId());
            if (task != null && task.getState() == TaskState.VERIFYING && verdict(command, task) != null)
                for (var replica : task.getReplicas())
                    if (replica.getState().equals("RETURNED") && is(first(verdict, replica), FindingKind.REJECTED))
                        due.add(new SlashNode(
                                replica.getNodeId(),
                                verdict.getTaskId(),
                                verdict.getAttempt(),
                                task.getTask().getRewardMicros() * slashPercent / 100,
                                ""));
        }
        for (var slash : slashes) got.add(words(slash));
        for (var slash : due) if (slash.getAmountMicros() > 0) owed.add(words(slash));
        findings.require(
                got.equals(owed), Law.CHEATS_SLASHED, where, () -> "slashed are " + got + ", due were " + owed);
    }

    private static String words(SlashNode slash) {
        return slash.getTaskId() + "/" + slash.getAttempt() + " " + slash.getNodeId() + " " + slash.getAmountMicros();
    }
}
