package org.ambientvcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.signing.Identity;
import org.junit.jupiter.api.Test;

class EvidenceCheckTest {
    private static final Identity NODE = Identity.ofSecretKey(Sha256.digest(new byte[] {1}));
    private static final Identity VERIFIER = Identity.ofSecretKey(Sha256.digest(new byte[] {2}));
    private static final Identity STRANGER = Identity.ofSecretKey(Sha256.digest(new byte[] {3}));
    private static final String HASH = "ab".repeat(32);

    @Test
    void honestEvidenceHolds() {
        assertThat(check(evidence(result(), NODE, verdict(), VERIFIER), List.of()))
                .isTrue();
        assertThat(check(evidence(result(), NODE, verdict(), VERIFIER), List.of(VERIFIER.id())))
                .isTrue();
    }

    @Test
    void everyChangedByteOfAnEnvelopeIsRefused() {
        var honest = NODE.sign(Domain.RESULT, result());
        var verdict = VERIFIER.sign(Domain.VERDICT, verdict());
        for (int index = 0; index < honest.getPayload().remaining(); index++) {
            var position = index;
            assertThat(check(evidence(with(honest, payload -> flip(payload, position)), verdict), List.of()))
                    .as("byte %d", index)
                    .isFalse();
        }
    }

    @Test
    void aVerdictOfAStrangerDoesNotCountForWhoTrustsAnother() {
        assertThat(check(evidence(result(), NODE, verdict(), STRANGER), List.of(VERIFIER.id())))
                .isFalse();
    }

    @Test
    void aVerdictThatNamesAnotherVerifierDoesNotCount() {
        var signed = STRANGER.sign(Domain.VERDICT, verdict()); // says it is VERIFIER's

        assertThat(check(evidence(NODE.sign(Domain.RESULT, result()), signed), List.of()))
                .isFalse();
    }

    @Test
    void aResultOfAnotherNodeIsRefused() {
        assertThat(check(evidence(result(), STRANGER, verdict(), VERIFIER), List.of()))
                .isFalse();
    }

    @Test
    void aResultThatWasNotCommittedToIsRefused() {
        var job = job(NODE.sign(Domain.RESULT, result()), "cd".repeat(32));
        var evidence = new TaskEvidence(job, List.of(VERIFIER.sign(Domain.VERDICT, verdict())));

        assertThat(check(evidence, List.of())).isFalse();
    }

    @Test
    void withoutAVerdictItDoesNotHold() {
        var evidence = new TaskEvidence(job(NODE.sign(Domain.RESULT, result()), ""), List.of());

        assertThat(check(evidence, List.of())).isFalse();
    }

    private static boolean check(TaskEvidence evidence, List<String> trusted) {
        return new EvidenceCheck(evidence, trusted).findings().stream().allMatch(Finding::holds);
    }

    private static TaskEvidence evidence(TaskResult result, Identity node, Verdict verdict, Identity verifier) {
        var signed = Verdict.newBuilder(verdict).setVerifierId(verifier.id()).build();
        return evidence(node.sign(Domain.RESULT, result), verifier.sign(Domain.VERDICT, signed));
    }

    private static TaskEvidence evidence(Signed result, Signed verdict) {
        return new TaskEvidence(job(result, ""), List.of(verdict));
    }

    private static Signed with(Signed envelope, UnaryOperator<byte[]> change) {
        return new Signed(
                envelope.getSignerId(),
                envelope.getPublicKey(),
                envelope.getDomain(),
                ByteBuffer.wrap(change.apply(Bytes.of(envelope.getPayload()))),
                envelope.getSignature());
    }

    private static byte[] flip(byte[] bytes, int index) {
        bytes[index] ^= 1;
        return bytes;
    }

    private static TaskResult result() {
        return TaskResult.newBuilder()
                .setCell(0)
                .setTaskId("t1")
                .setNodeId(NODE.id())
                .setAttempt(1)
                .setLeaseEpoch(7)
                .setModuleSha256(HASH)
                .setOutcome(Outcome.COMPLETED)
                .setExitCode(0)
                .setValues(List.of())
                .setOutputSha256(Sha256.hex(new byte[0]))
                .setOutputBytes(0)
                .setGasUsed(10)
                .setPeakMemoryPages(1)
                .setTraceDigest(HASH)
                .setWallMicros(1)
                .setCpuMicros(1)
                .setEnergyMicrojoules(1)
                .setEnergySource(EnergySource.MODEL)
                .setStderr(ByteBuffer.allocate(0))
                .setSalt(ByteBuffer.allocate(0))
                .setStartedAtEpochMillis(0)
                .build();
    }

    private static Verdict verdict() {
        return new Verdict(
                0,
                "t1",
                1,
                VERIFIER.id(),
                VerificationLevel.SIGNED,
                VerdictOutcome.ACCEPTED,
                "well signed",
                List.of(),
                ResultDigest.of(result()),
                false,
                0L);
    }

    private static VerificationJob job(Signed result, String commitment) {
        var task = Task.newBuilder()
                .setTaskId("t1")
                .setTenant("dev")
                .setModuleSha256(HASH)
                .setEntry(new FunctionEntry("run", List.of()))
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().build())
                .setVerification(new Verification(VerificationLevel.SIGNED, 1, 1, 100_000))
                .setRewardMicros(0)
                .setSubmittedAtEpochMillis(0)
                .setSubmittedBy("test")
                .build();
        return VerificationJob.newBuilder()
                .setCell(0)
                .setOffset(1)
                .setTaskId("t1")
                .setAttempt(1)
                .setTask(task)
                .setResults(List.of(result))
                .setReplicas(List.of(new CommittedReplica(NODE.id(), 7L, commitment)))
                .setLevel(VerificationLevel.SIGNED)
                .setQuorum(1)
                .setReexecute(false)
                .setReexecutePpm(0)
                .build();
    }
}
