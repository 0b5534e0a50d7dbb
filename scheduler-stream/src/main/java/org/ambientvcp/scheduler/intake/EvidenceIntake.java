package org.ambientvcp.scheduler.intake;

import static org.ambientvcp.scheduler.Refusal.quote;

import java.util.Set;
import java.util.function.Function;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Signed commitments, results and verdicts: forwarded to the cell they name, or refused. In this order: the
/// envelope, the signer, the key, the cell, the fields. Whether the lease still counts is the cell's to say. Pure.
///
/// @param cells number of cells, ≥ 1
/// @param trustedVerifiers node ids whose verdicts count
public record EvidenceIntake(int cells, Set<String> trustedVerifiers) {
    public EvidenceIntake {
        if (cells < 1) throw new IllegalArgumentException("cells is not positive: " + cells);
        trustedVerifiers = Set.copyOf(trustedVerifiers);
    }

    /// Who and what a payload says it is about.
    private record Subject(
            String nodeId,
            String taskId,
            int cell,
            @Nullable String problem) {}

    public Decision commitment(@Nullable String key, Signed signed) {
        return decide(
                Domain.COMMITMENT,
                key,
                signed,
                promise -> new Subject(
                        promise.getNodeId(), promise.getTaskId(), promise.getCell(), EvidenceCheck.problem(promise)),
                promise -> new CommitmentReceived(
                        promise.getTaskId(),
                        promise.getNodeId(),
                        promise.getAttempt(),
                        promise.getLeaseEpoch(),
                        promise.getCommitment()));
    }

    public Decision result(@Nullable String key, Signed signed) {
        return decide(
                Domain.RESULT,
                key,
                signed,
                result -> new Subject(
                        result.getNodeId(), result.getTaskId(), result.getCell(), EvidenceCheck.problem(result)),
                result -> new ResultReceived(
                        result.getTaskId(), result.getNodeId(), result.getAttempt(), result.getLeaseEpoch(), signed));
    }

    public Decision verdict(@Nullable String key, Signed signed) {
        return decide(
                Domain.VERDICT,
                key,
                signed,
                verdict -> new Subject(
                        verdict.getVerifierId(),
                        verdict.getTaskId(),
                        verdict.getCell(),
                        EvidenceCheck.problem(verdict)),
                VerdictReceived::new);
    }

    private <T extends SpecificRecord> Decision decide(
            Domain<T> domain,
            @Nullable String key,
            Signed signed,
            Function<T, Subject> subjectOf,
            Function<T, SpecificRecord> commandOf) {
        return switch (SignedEvents.open(domain, signed)) {
            case Opened.Refused<T>(var code, var reason) -> new Decision.Refused(new Refusal(code, reason));
            case Opened.Valid<T>(var signerId, var event) -> {
                var subject = subjectOf.apply(event);
                var refusal = refusal(domain, signerId, key, subject);
                yield refusal != null
                        ? new Decision.Refused(refusal)
                        : new Decision.Forward(
                                subject.cell(), subject.taskId(), new CellCommand(commandOf.apply(event)));
            }
        };
    }

    private @Nullable Refusal refusal(Domain<?> domain, String signerId, @Nullable String key, Subject subject) {
        if (!subject.nodeId().equals(signerId))
            return new Refusal("wrong-signer", signerId + " signed in the name of " + quote(subject.nodeId()));
        if (domain.equals(Domain.VERDICT) && !trustedVerifiers.contains(signerId))
            return new Refusal("untrusted-verifier", signerId + " is not in VCP_TRUSTED_VERIFIERS");
        if (!subject.taskId().equals(key)) return new Refusal("wrong-key", wrongKey(key, subject.taskId()));
        if (subject.cell() < 0 || subject.cell() >= cells)
            return new Refusal("unknown-cell", "cell is not 0–" + (cells - 1) + ": " + subject.cell());
        return subject.problem() == null ? null : new Refusal("out-of-range", subject.problem());
    }

    static String wrongKey(@Nullable String key, String taskId) {
        return "expected the task id " + quote(taskId) + " as key, got " + (key == null ? "none" : quote(key));
    }
}
