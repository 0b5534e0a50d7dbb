package org.ambientvcp.verifier.rules;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.verifier.rules.Judgement.Decided;
import org.ambientvcp.verifier.rules.Judgement.Deferred;
import org.ambientvcp.verifier.rules.Judgement.Unusable;
import org.ambientvcp.verifier.rules.Replica.Shown;

/// Judges the evidence of one attempt, by the rules of docs/verification.md. Pure: the same job, the same store
/// and the same program give the same judgement, and no content of a job makes it throw.
public final class Verification {
    private static final byte[] NO_SALT = {};
    private static final TaskRun.Cost NO_COST = new TaskRun.Cost(0, 0, 0, 0, EnergySource.MODEL);

    private Verification() {}

    /// @param outputs asked for outputs that are not inside their results
    /// @param reexecution asked at most once, and only when everything else is in order
    public static Judgement check(VerificationJob job, Outputs outputs, Reexecution reexecution) {
        var problem = Evidence.problem(job);
        if (problem != null) return new Unusable(problem);
        try {
            var replicas = Evidence.sort(job, outputs);
            return switch (job.getLevel()) {
                case SIGNED -> signed(job, replicas.getFirst());
                case SPOT_CHECK ->
                    job.getReexecute()
                            ? reexecuted(job, replicas.getFirst(), reexecution)
                            : signed(job, replicas.getFirst());
                case QUORUM -> quorum(job, replicas);
            };
        } catch (Evidence.OutputUnavailable away) {
            return new Deferred("output unavailable: " + away.getMessage());
        }
    }

    private static Judgement signed(VerificationJob job, Replica replica) {
        if (!(replica instanceof Shown shown)) return refused(job, replica);
        return new Decided(
                VerdictOutcome.ACCEPTED,
                "well signed and consistent; not re-executed",
                List.of(replica.finding(FindingKind.ACCEPTED, "well signed and consistent")),
                shown.digest(),
                false);
    }

    private static Judgement refused(VerificationJob job, Replica replica) {
        var finding = replica.finding("");
        var strangers = Evidence.strangers(job);
        return new Decided(
                VerdictOutcome.REJECTED,
                finding.getReason() + (strangers == 0 ? "" : "; " + strangers + " results of nodes without a lease"),
                List.of(finding),
                "",
                false);
    }

    private static Judgement reexecuted(VerificationJob job, Replica replica, Reexecution reexecution) {
        if (!(replica instanceof Shown shown)) return refused(job, replica);
        var run = reexecution.run(job.getTask());
        if (run.outcome() == Outcome.NODE_FAILED) return new Deferred("re-execution failed here: " + run.reason());
        var ours = run.result(lease(job), job.getTask().getModuleSha256(), NO_COST, NO_SALT);
        var agrees = ResultDigest.of(ours).equals(shown.digest());
        var reason = agrees
                ? "re-execution gave the same result, " + ours.getGasUsed() + " gas"
                : "differs from the re-execution in " + difference(ours, shown);
        return new Decided(
                agrees ? VerdictOutcome.ACCEPTED : VerdictOutcome.REJECTED,
                reason,
                List.of(replica.finding(agrees ? FindingKind.ACCEPTED : FindingKind.REJECTED, reason)),
                agrees ? shown.digest() : "",
                true);
    }

    private static Judgement quorum(VerificationJob job, List<Replica> replicas) {
        var votes = new TreeMap<String, Integer>();
        for (var replica : replicas) if (replica instanceof Shown shown) votes.merge(shown.digest(), 1, Integer::sum);
        var most = votes.values().stream().max(Integer::compare).orElse(0);
        var leaders = votes.entrySet().stream()
                .filter(vote -> vote.getValue().equals(most))
                .map(Map.Entry::getKey)
                .toList();
        if (most < job.getQuorum() || leaders.size() != 1) return noQuorum(job, replicas, votes, most);
        var winner = leaders.getFirst();
        return new Decided(
                VerdictOutcome.ACCEPTED,
                most + " of " + replicas.size() + " results are equal, " + job.getQuorum() + " needed",
                replicas.stream()
                        .map(replica -> vote(replica, winner, replicas))
                        .toList(),
                winner,
                false);
    }

    private static NodeFinding vote(Replica replica, String winner, List<Replica> all) {
        if (!(replica instanceof Shown shown)) return replica.finding("");
        if (shown.digest().equals(winner)) return replica.finding(FindingKind.ACCEPTED, "equal to the quorum's result");
        return replica.finding(
                FindingKind.REJECTED, "differs from the quorum in " + difference(resultOf(winner, all), shown));
    }

    /// Nobody can tell the honest nodes from the others, so nobody is refused for being in the wrong group.
    private static Judgement noQuorum(
            VerificationJob job, List<Replica> replicas, Map<String, Integer> votes, int most) {
        return new Decided(
                VerdictOutcome.INCONCLUSIVE,
                "no quorum of " + job.getQuorum() + ": " + votes.size() + " different results, at most " + most
                        + " equal, of " + replicas.size() + " replicas",
                replicas.stream()
                        .filter(replica -> !(replica instanceof Shown))
                        .map(replica -> replica.finding(""))
                        .toList(),
                "",
                false);
    }

    private static TaskResult resultOf(String digest, List<Replica> replicas) {
        for (var replica : replicas)
            if (replica instanceof Shown shown && shown.digest().equals(digest)) return shown.result();
        throw new IllegalStateException("the winning digest is of one of the replicas");
    }

    private static String difference(TaskResult expected, Shown shown) {
        return Difference.first(expected, shown.result()).orElseThrow();
    }

    private static Assignment lease(VerificationJob job) {
        var replica = job.getReplicas().getFirst();
        return new Assignment(
                AssignmentKind.EXECUTE,
                job.getCell(),
                job.getTaskId(),
                replica.getNodeId(),
                job.getAttempt(),
                replica.getLeaseEpoch(),
                0,
                0L,
                false,
                job.getTask(),
                null,
                null);
    }
}
