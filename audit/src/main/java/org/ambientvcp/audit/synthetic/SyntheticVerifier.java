package org.ambientvcp.audit.synthetic;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.schemas.signing.Identity;

/// A verifier that knows the answer: an honest run exits with 0.
final class SyntheticVerifier {
    final Identity identity;

    SyntheticVerifier(SplittableRandom random) {
        var secret = new byte[32];
        random.nextBytes(secret);
        identity = Identity.ofSecretKey(secret);
    }

    Signed judge(VerificationJob job, long now) {
        var findings = new ArrayList<NodeFinding>();
        var digest = "";
        var accepted = 0;
        for (var signed : job.getResults()) {
            var result = SingleObject.decode(TaskResult.class, Bytes.of(signed.getPayload()));
            var refused =
                    result.getExitCode() != 0 && (job.getReexecute() || job.getLevel() == VerificationLevel.QUORUM);
            if (!refused) {
                digest = ResultDigest.of(result);
                accepted++;
            }
            findings.add(new NodeFinding(
                    result.getNodeId(),
                    result.getLeaseEpoch(),
                    refused ? FindingKind.REJECTED : FindingKind.ACCEPTED,
                    refused ? "exit code differs" : "as it should be"));
        }
        var outcome = accepted >= job.getQuorum()
                ? VerdictOutcome.ACCEPTED
                : job.getLevel() == VerificationLevel.QUORUM ? VerdictOutcome.INCONCLUSIVE : VerdictOutcome.REJECTED;
        return identity.sign(
                Domain.VERDICT,
                new Verdict(
                        job.getCell(),
                        job.getTaskId(),
                        job.getAttempt(),
                        identity.id(),
                        job.getLevel(),
                        outcome,
                        accepted + " of " + job.getResults().size() + " results hold",
                        findings,
                        outcome == VerdictOutcome.ACCEPTED ? digest : "",
                        job.getReexecute(),
                        now));
    }
}
