package org.ambientvcp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;

/// Whether what was signed about a task fits together. Pure.
final class EvidenceCheck {
    private final TaskEvidence evidence;
    private final List<String> trusted;

    /// @param trusted ids of verifiers; empty = any
    EvidenceCheck(TaskEvidence evidence, List<String> trusted) {
        this.evidence = evidence;
        this.trusted = List.copyOf(trusted);
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        var verdict = verdict();
        findings.add(
                verdict.isPresent()
                        ? new Finding(
                                verdict.get().getOutcome() == VerdictOutcome.ACCEPTED,
                                "verifier " + verdict.get().getVerifierId() + " signed: "
                                        + verdict.get().getOutcome() + ", "
                                        + verdict.get().getReason())
                        : new Finding(
                                false,
                                "no " + (trusted.isEmpty() ? "" : "trusted ") + "verifier has signed a verdict"));
        for (var result : evidence.job().getResults()) findings.add(result(result, verdict));
        return findings;
    }

    /// The digest that a signed verdict accepts.
    static Optional<String> acceptedDigest(TaskEvidence evidence) {
        return new EvidenceCheck(evidence, List.of())
                .verdict()
                .map(Verdict::getResultDigest)
                .filter(digest -> !digest.isEmpty());
    }

    private Optional<Verdict> verdict() {
        for (var envelope : evidence.verdicts())
            if (SignedEvents.open(Domain.VERDICT, envelope) instanceof Opened.Valid<Verdict> valid
                    && valid.event().getTaskId().equals(evidence.job().getTaskId())
                    && valid.event().getAttempt() == evidence.job().getAttempt()
                    && valid.event().getVerifierId().equals(valid.signerId())
                    && (trusted.isEmpty() || trusted.contains(valid.signerId()))) return Optional.of(valid.event());
        return Optional.empty();
    }

    private Finding result(Signed envelope, Optional<Verdict> verdict) {
        return switch (SignedEvents.open(Domain.RESULT, envelope)) {
            case Opened.Refused<TaskResult> refused ->
                new Finding(false, "a result of " + envelope.getSignerId() + ": " + refused.reason());
            case Opened.Valid<TaskResult> valid -> consistent(valid.signerId(), valid.event(), verdict);
        };
    }

    private Finding consistent(String signer, TaskResult result, Optional<Verdict> verdict) {
        var name =
                "node " + signer + " signed result " + ResultDigest.of(result).substring(0, 16) + "…";
        if (!result.getNodeId().equals(signer)
                || !result.getTaskId().equals(evidence.job().getTaskId()))
            return new Finding(false, name + " for another node or task");
        var replica = evidence.job().getReplicas().stream()
                .filter(listed -> listed.getNodeId().equals(signer) && listed.getLeaseEpoch() == result.getLeaseEpoch())
                .findFirst();
        if (replica.isEmpty()) return new Finding(false, name + " without a lease");
        if (!opensCommitment(replica.get(), result))
            return new Finding(false, name + " that is not what it committed to");
        var accepted = verdict.map(said -> said.getResultDigest().equals(ResultDigest.of(result)))
                .orElse(false);
        if (accepted) return new Finding(true, name + ", the accepted one");
        var rejected = verdict.map(said -> said.getFindings().stream()
                        .anyMatch(finding ->
                                finding.getNodeId().equals(signer) && finding.getKind() == FindingKind.REJECTED))
                .orElse(false);
        return new Finding(
                rejected, name + (rejected ? ", and the verdict refuses it" : ", another than the accepted one"));
    }

    private static boolean opensCommitment(CommittedReplica replica, TaskResult result) {
        return replica.getCommitment().isEmpty()
                || replica.getCommitment()
                        .equals(ResultDigest.commitment(
                                Bytes.of(result.getSalt()), result.getNodeId(), ResultDigest.of(result)));
    }
}
