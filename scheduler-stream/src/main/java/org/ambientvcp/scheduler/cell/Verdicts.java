package org.ambientvcp.scheduler.cell;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.ResultSummary;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictSummary;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.SingleObject;

/// Applies verdicts: pays, blames, and tries again.
final class Verdicts {
    private final CellState state;
    private final Reputations reputations;
    private final TaskLife life;

    Verdicts(CellState state, Reputations reputations, TaskLife life) {
        this.state = state;
        this.reputations = reputations;
        this.life = life;
    }

    /// A task leaves VERIFYING with the first verdict on its attempt; later ones find it elsewhere.
    void apply(Verdict verdict) {
        var task = state.task(verdict.getTaskId());
        if (task == null) {
            if (state.remembered.get(verdict.getTaskId()) != null) state.journal.ignore();
            else state.journal.refuse("unknown-task", "no task " + Figures.cut(verdict.getTaskId()) + " in this cell");
            return;
        }
        if (task.state != TaskState.VERIFYING || task.attempt != verdict.getAttempt()) {
            state.journal.refuse(
                    "stale-lease",
                    "the verdict is on attempt " + verdict.getAttempt() + ", the task is " + task.state + " in attempt "
                            + task.attempt);
            return;
        }
        var findings = findings(task, verdict);
        switch (verdict.getOutcome()) {
            case ACCEPTED -> accept(task, verdict, findings);
            case REJECTED -> reject(task, verdict, findings);
            case INCONCLUSIVE -> raise(task, verdict, findings);
        }
    }

    /// The findings on results that are in, the first of each. A lease that ended before has been judged by its end.
    private static Map<Lease, NodeFinding> findings(LiveTask task, Verdict verdict) {
        var byLease = new HashMap<Lease, NodeFinding>();
        for (var finding : verdict.getFindings()) {
            var lease = task.lease(finding.getNodeId(), finding.getLeaseEpoch());
            if (lease != null && lease.state == LeaseState.RETURNED) byLease.putIfAbsent(lease, finding);
        }
        return byLease;
    }

    private void accept(LiveTask task, Verdict verdict, Map<Lease, NodeFinding> findings) {
        var accepted = new TreeMap<String, ResultSummary>();
        for (var lease : task.leases) {
            if (!is(findings, lease, FindingKind.ACCEPTED)) continue;
            var result = result(lease);
            if (!ResultDigest.of(result).equals(verdict.getResultDigest())) {
                inconsistent(verdict, "the digest it accepts is not that of the result of " + lease.nodeName);
                return;
            }
            accepted.put(lease.nodeId, Evidence.summary(result, lease));
        }
        if (accepted.size() < task.quorum()) {
            inconsistent(verdict, "it accepts " + accepted.size() + " results where " + task.quorum() + " are needed");
            return;
        }
        judge(task, verdict, findings);
        accepted.keySet().forEach(reputations::accepted);
        task.result = accepted.firstEntry().getValue();
        task.verdict = summary(verdict, findings);
        life.finish(
                task,
                TaskState.ACCEPTED,
                Figures.cut(verdict.getReason()),
                Settlement.shares(task.task.getRewardMicros(), accepted.navigableKeySet()));
    }

    private void inconsistent(Verdict verdict, String why) {
        state.journal.refuse(
                "inconsistent-verdict", "verdict of " + Figures.cut(verdict.getVerifierId()) + " is void: " + why);
    }

    private void reject(LiveTask task, Verdict verdict, Map<Lease, NodeFinding> findings) {
        judge(task, verdict, findings);
        for (var lease : task.leases)
            if (lease.state == LeaseState.RETURNED && !is(findings, lease, FindingKind.ACCEPTED))
                task.excluded.add(lease.nodeId);
        task.verdict = summary(verdict, findings);
        life.retry(task, "the evidence was refused: " + Figures.cut(verdict.getReason()));
    }

    /// No quorum: one more replica next time. The nodes may be the same, for nobody knows who was wrong.
    private void raise(LiveTask task, Verdict verdict, Map<Lease, NodeFinding> findings) {
        judge(task, verdict, findings);
        task.verdict = summary(verdict, findings);
        var why = "no agreement: " + Figures.cut(verdict.getReason());
        if (!task.needsQuorum()) {
            life.retry(task, why);
        } else if (task.extraReplicas >= state.config.getMaxExtraReplicas()) {
            task.history.add("attempt " + task.attempt + ": " + why);
            life.fail(task, "no agreement among " + task.replicas() + " replicas, the most there may be");
        } else {
            task.extraReplicas++;
            life.retry(task, why + "; the next attempt has " + task.replicas() + " replicas");
        }
    }

    /// What a verdict of any outcome says against nodes.
    private void judge(LiveTask task, Verdict verdict, Map<Lease, NodeFinding> findings) {
        for (var lease : task.leases) {
            if (is(findings, lease, FindingKind.MISSING)) {
                reputations.failed(lease.nodeId);
                task.excluded.add(lease.nodeId);
            } else if (is(findings, lease, FindingKind.REJECTED)) {
                reputations.disputed(lease.nodeId);
                task.excluded.add(lease.nodeId);
                slash(task, lease, verdict);
            }
        }
    }

    private void slash(LiveTask task, Lease lease, Verdict verdict) {
        var amount = Settlement.slash(task.task.getRewardMicros(), state.config.getSlashPercent());
        if (amount == 0) return;
        state.journal.ledger(
                "node:" + lease.nodeId,
                new SlashNode(lease.nodeId, task.id(), task.attempt, amount, Figures.cut(verdict.getReason())),
                task.task.getTraceparent());
    }

    private static boolean is(Map<Lease, NodeFinding> findings, Lease lease, FindingKind kind) {
        var finding = findings.get(lease);
        return finding != null && finding.getKind() == kind;
    }

    private static TaskResult result(Lease lease) {
        if (lease.result == null) throw new IllegalStateException("a returned lease has no result: " + lease.epoch);
        return SingleObject.decode(TaskResult.class, Bytes.of(lease.result.getPayload()));
    }

    private static VerdictSummary summary(Verdict verdict, Map<Lease, NodeFinding> findings) {
        List<NodeFinding> against = findings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingLong(lease -> lease.epoch)))
                .map(Map.Entry::getValue)
                .filter(finding -> finding.getKind() != FindingKind.ACCEPTED)
                .map(finding -> new NodeFinding(
                        finding.getNodeId(),
                        finding.getLeaseEpoch(),
                        finding.getKind(),
                        Figures.cut(finding.getReason())))
                .toList();
        return new VerdictSummary(
                verdict.getVerifierId(),
                verdict.getLevel(),
                verdict.getOutcome().name(),
                Figures.cut(verdict.getReason()),
                verdict.getReexecuted(),
                against);
    }
}
