package org.ambientvcp.verifier.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.jspecify.annotations.Nullable;

/// Opens the envelopes of a job and sorts them by lease.
///
/// A node is refused only for what it signed for this lease. An envelope that does not open, or that was signed
/// for another lease, could have been put there by anybody, so it counts as no result.
final class Evidence {
    private static final int MOST_REPLICAS = 64;
    private static final int SALT_BYTES = 32;

    /// The store could not say whether an output is there.
    static final class OutputUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutputUnavailable(String reason) {
            super(reason);
        }
    }

    private Evidence() {}

    /// Why this is no job; null if it is one.
    static @Nullable String problem(VerificationJob job) {
        var problems = TaskCheck.problems(job.getTask());
        if (!problems.isEmpty()) return "task." + problems.getFirst();
        if (!job.getTaskId().equals(job.getTask().getTaskId()))
            return "taskId is not the task's, " + job.getTask().getTaskId() + ": " + job.getTaskId();
        if (job.getLevel() != job.getTask().getVerification().getLevel())
            return "level is not the task's, " + job.getTask().getVerification().getLevel() + ": " + job.getLevel();
        if (job.getReplicas().isEmpty() || job.getReplicas().size() > MOST_REPLICAS)
            return "replicas are not 1–" + MOST_REPLICAS + ": "
                    + job.getReplicas().size();
        if (job.getLevel() != VerificationLevel.QUORUM && job.getReplicas().size() != 1)
            return "replicas are not 1 at level " + job.getLevel() + ": "
                    + job.getReplicas().size();
        if (job.getResults().size() > 2 * MOST_REPLICAS)
            return "results are more than " + 2 * MOST_REPLICAS + ": "
                    + job.getResults().size();
        if (job.getQuorum() < 1) return "quorum is not positive: " + job.getQuorum();
        var nodes = new HashSet<String>();
        for (var replica : job.getReplicas())
            if (!nodes.add(replica.getNodeId())) return "replicas name a node twice: " + replica.getNodeId();
        return null;
    }

    /// One entry for every replica of the job, in its order.
    ///
    /// @throws OutputUnavailable if the store cannot say whether an output is there
    static List<Replica> sort(VerificationJob job, Outputs outputs) {
        var sorted = new ArrayList<Replica>();
        for (var lease : job.getReplicas()) sorted.add(replica(job, lease, outputs));
        return sorted;
    }

    private static Replica replica(VerificationJob job, CommittedReplica lease, Outputs outputs) {
        var signed = new ArrayList<TaskResult>();
        var why = "no result";
        for (var envelope : job.getResults()) {
            if (!envelope.getSignerId().equals(lease.getNodeId())) continue;
            switch (SignedEvents.open(Domain.RESULT, envelope)) {
                case Opened.Refused<TaskResult>(String code, String reason) -> why = code + ": " + reason;
                case Opened.Valid<TaskResult>(String _, TaskResult result) -> {
                    if (isFor(job, lease, result)) signed.add(result);
                    else why = "the node's result is for another lease";
                }
            }
        }
        if (signed.isEmpty()) return new Replica.Absent(lease, why);
        return judged(job, lease, signed, outputs);
    }

    private static boolean isFor(VerificationJob job, CommittedReplica lease, TaskResult result) {
        return result.getTaskId().equals(job.getTaskId())
                && result.getCell() == job.getCell()
                && result.getAttempt() == job.getAttempt()
                && result.getLeaseEpoch() == lease.getLeaseEpoch();
    }

    private static Replica judged(
            VerificationJob job, CommittedReplica lease, List<TaskResult> signed, Outputs outputs) {
        var result = signed.getFirst();
        // A node that was restarted may have signed its result twice; the cost differs, what counts must not.
        for (var other : signed)
            if (!ResultDigest.of(other).equals(ResultDigest.of(result)))
                return new Replica.Refused(lease, "signed two different results for one lease");
        if (!result.getNodeId().equals(lease.getNodeId()))
            return new Replica.Refused(lease, "nodeId is not the signer: " + result.getNodeId());
        if (result.getOutcome() == Outcome.NODE_FAILED)
            return new Replica.Absent(lease, "the node failed: " + result.getReason());
        var problem = ResultCheck.problem(job.getTask(), result);
        if (problem == null) problem = commitment(job, lease, result);
        if (problem == null) problem = stored(result, outputs);
        return problem == null ? new Replica.Shown(lease, result) : new Replica.Refused(lease, problem);
    }

    private static @Nullable String commitment(VerificationJob job, CommittedReplica lease, TaskResult result) {
        if (job.getLevel() != VerificationLevel.QUORUM) return null;
        var salt = Bytes.of(result.getSalt());
        if (salt.length != SALT_BYTES) return "salt is not " + SALT_BYTES + " bytes: " + salt.length;
        var opened = ResultDigest.commitment(salt, lease.getNodeId(), ResultDigest.of(result));
        return opened.equals(lease.getCommitment()) ? null : "the result is not the one committed to";
    }

    private static @Nullable String stored(TaskResult result, Outputs outputs) {
        if (!(result.getOutput() instanceof BlobRef blob)) return null;
        return switch (outputs.find(blob.getSha256())) {
            case Outputs.Found.Present(long bytes) ->
                bytes == blob.getSizeBytes()
                        ? null
                        : "output.sizeBytes is not what the blob has, " + bytes + ": " + blob.getSizeBytes();
            case Outputs.Found.Missing() -> "the output is not in the blob store: " + blob.getSha256();
            case Outputs.Found.Unavailable(String reason) -> throw new OutputUnavailable(reason);
        };
    }

    /// Envelopes of a job whose signer holds no lease in it.
    static long strangers(VerificationJob job) {
        var nodes = job.getReplicas().stream().map(CommittedReplica::getNodeId).toList();
        return job.getResults().stream()
                .map(Signed::getSignerId)
                .filter(signer -> !nodes.contains(signer))
                .count();
    }
}
