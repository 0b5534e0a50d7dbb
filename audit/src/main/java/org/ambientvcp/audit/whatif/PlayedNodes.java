package org.ambientvcp.audit.whatif;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.SingleObject;

/// What nodes and verifiers of the model say. Nothing is signed: a cell sees only what intake has checked. Pure
/// functions.
final class PlayedNodes {
    private static final String NOTHING = Sha256.hex(new byte[0]);
    private static final String VERIFIER = "model";

    private PlayedNodes() {}

    static ResultReceived result(Assignment lease, Task task, ObservedRun run) {
        var result = new TaskResult(
                lease.getCell(),
                lease.getTaskId(),
                lease.getNodeId(),
                lease.getAttempt(),
                lease.getLeaseEpoch(),
                task.getModuleSha256(),
                run.failed() ? Outcome.NODE_FAILED : Outcome.COMPLETED,
                run.wrong() ? 1 : 0,
                null,
                List.of(),
                null,
                NOTHING,
                0L,
                0L, // equal for all that are right
                1,
                NOTHING,
                run.wallMicros(),
                run.wallMicros(),
                run.microjoules(),
                EnergySource.MODEL,
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(0),
                0L);
        var signed = new Signed(
                lease.getNodeId(),
                ByteBuffer.allocate(0),
                Domain.RESULT.name(),
                ByteBuffer.wrap(SingleObject.encode(result)),
                ByteBuffer.allocate(0));
        return new ResultReceived(
                lease.getTaskId(), lease.getNodeId(), lease.getAttempt(), lease.getLeaseEpoch(), signed);
    }

    static CommitmentReceived commitment(Assignment lease, ResultReceived promised) {
        var commitment =
                ResultDigest.commitment(new byte[0], lease.getNodeId(), ResultDigest.of(read(promised.getResult())));
        return new CommitmentReceived(
                lease.getTaskId(), lease.getNodeId(), lease.getAttempt(), lease.getLeaseEpoch(), commitment);
    }

    private static TaskResult read(Signed signed) {
        return SingleObject.decode(TaskResult.class, Bytes.of(signed.getPayload()));
    }

    /// A re-execution and a quorum find every wrong result; nothing else finds one.
    static Verdict verdict(VerificationJob job, long at) {
        var looks = job.getReexecute() || job.getLevel() == VerificationLevel.QUORUM;
        var findings = new ArrayList<NodeFinding>();
        var digest = "";
        var accepted = 0;
        for (var signed : job.getResults()) {
            var result = read(signed);
            var refused = looks && result.getExitCode() != 0;
            if (!refused) {
                digest = ResultDigest.of(result);
                accepted++;
            }
            findings.add(new NodeFinding(
                    result.getNodeId(),
                    result.getLeaseEpoch(),
                    refused ? FindingKind.REJECTED : FindingKind.ACCEPTED,
                    "by the model"));
        }
        var outcome = accepted >= job.getQuorum()
                ? VerdictOutcome.ACCEPTED
                : job.getLevel() == VerificationLevel.QUORUM ? VerdictOutcome.INCONCLUSIVE : VerdictOutcome.REJECTED;
        return new Verdict(
                job.getCell(),
                job.getTaskId(),
                job.getAttempt(),
                VERIFIER,
                job.getLevel(),
                outcome,
                accepted + " of " + job.getResults().size() + " results hold",
                findings,
                outcome == VerdictOutcome.ACCEPTED ? digest : "",
                job.getReexecute(),
                at);
    }
}
