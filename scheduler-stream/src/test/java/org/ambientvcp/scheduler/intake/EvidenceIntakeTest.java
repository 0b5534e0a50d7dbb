package org.ambientvcp.scheduler.intake;

import static org.ambientvcp.scheduler.Samples.NODE;
import static org.ambientvcp.scheduler.Samples.STRANGER;
import static org.ambientvcp.scheduler.Samples.TASK_ID;
import static org.ambientvcp.scheduler.Samples.VERIFIER;
import static org.ambientvcp.scheduler.Samples.hash;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.scheduler.Samples;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceIntakeTest {
    private static final EvidenceIntake INTAKE = new EvidenceIntake(2, Set.of(VERIFIER.id()));

    @Test
    void aCommitmentGoesToItsCell() {
        var decision = INTAKE.commitment(TASK_ID, NODE.sign(Domain.COMMITMENT, Samples.commitment()));

        assertThat(decision)
                .isEqualTo(new Decision.Forward(
                        1,
                        TASK_ID,
                        new CellCommand(new CommitmentReceived(TASK_ID, NODE.id(), 1, 7L, hash("commitment")))));
    }

    @Test
    void aResultGoesToItsCellAsItWasSigned() {
        var signed = NODE.sign(Domain.RESULT, Samples.result().build());

        assertThat(INTAKE.result(TASK_ID, signed))
                .isEqualTo(new Decision.Forward(
                        1, TASK_ID, new CellCommand(new ResultReceived(TASK_ID, NODE.id(), 1, 7L, signed))));
    }

    @Test
    void aTrustedVerdictGoesToItsCell() {
        assertThat(INTAKE.verdict(TASK_ID, VERIFIER.sign(Domain.VERDICT, Samples.verdict())))
                .isEqualTo(new Decision.Forward(1, TASK_ID, new CellCommand(new VerdictReceived(Samples.verdict()))));
    }

    @Test
    void theSignerIsWhoThePayloadNames() {
        var stolen = STRANGER.sign(Domain.RESULT, Samples.result().build());
        var promised = STRANGER.sign(Domain.COMMITMENT, Samples.commitment());
        var judged = STRANGER.sign(Domain.VERDICT, Samples.verdict());

        assertRefused(INTAKE.result(TASK_ID, stolen), "wrong-signer");
        assertRefused(INTAKE.commitment(TASK_ID, promised), "wrong-signer");
        assertRefused(INTAKE.verdict(TASK_ID, judged), "wrong-signer");
    }

    @Test
    void aVerdictOfAnUntrustedVerifierDoesNotCount() {
        var verdict = copy(Samples.verdict(), changed -> changed.setVerifierId(STRANGER.id()));

        assertRefused(INTAKE.verdict(TASK_ID, STRANGER.sign(Domain.VERDICT, verdict)), "untrusted-verifier");
    }

    @Test
    void theKeyIsTheTask() {
        var signed = NODE.sign(Domain.RESULT, Samples.result().build());

        assertRefused(INTAKE.result("task-2", signed), "wrong-key");
        assertRefused(INTAKE.result(null, signed), "wrong-key");
    }

    @Test
    void theCellExists() {
        for (var cell : List.of(-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
            var signed = NODE.sign(Domain.RESULT, Samples.result().setCell(cell).build());
            assertRefused(INTAKE.result(TASK_ID, signed), "unknown-cell");
        }
    }

    @Test
    void aSignatureForOnePurposeIsNoneForAnother() {
        var commitment = NODE.sign(Domain.COMMITMENT, Samples.commitment());
        var relabelled = forge(commitment, changed -> changed.setDomain(Domain.RESULT.name()));

        assertRefused(INTAKE.result(TASK_ID, commitment), "wrong-domain");
        assertRefused(INTAKE.result(TASK_ID, relabelled), "bad-signature");
    }

    @Test
    void aSignedPayloadOfAnotherKindIsUndecodable() {
        var wrong = new Domain<>(Domain.RESULT.name(), ResultCommitment.class);

        assertRefused(INTAKE.result(TASK_ID, NODE.sign(wrong, Samples.commitment())), "undecodable");
    }

    @Test
    void everyChangedByteOfThePayloadBreaksTheSignature() {
        var signed = NODE.sign(Domain.RESULT, Samples.result().build());

        for (var position = 0; position < signed.getPayload().remaining(); position++) {
            var at = position;
            var forged = forge(signed, changed -> changed.setPayload(flip(changed.getPayload(), at)));
            assertRefused(INTAKE.result(TASK_ID, forged), "bad-signature");
        }
    }

    @Test
    void everyChangedByteOfSignatureAndKeyIsNoticed() {
        var signed = NODE.sign(Domain.RESULT, Samples.result().build());

        for (var position = 0; position < 64; position++) {
            var at = position;
            var forged = forge(signed, changed -> changed.setSignature(flip(changed.getSignature(), at)));
            assertRefused(INTAKE.result(TASK_ID, forged), "bad-signature");
        }
        for (var position = 0; position < 32; position++) {
            var at = position;
            var forged = forge(signed, changed -> changed.setPublicKey(flip(changed.getPublicKey(), at)));
            assertRefused(INTAKE.result(TASK_ID, forged), "wrong-signer");
        }
    }

    @Test
    void shortKeysAndSignaturesAreRefused() {
        var signed = NODE.sign(Domain.RESULT, Samples.result().build());

        assertRefused(
                INTAKE.result(TASK_ID, forge(signed, changed -> changed.setPublicKey(ByteBuffer.allocate(31)))),
                "bad-key");
        assertRefused(
                INTAKE.result(TASK_ID, forge(signed, changed -> changed.setSignature(ByteBuffer.allocate(0)))),
                "bad-signature");
    }

    static Stream<Consumer<TaskResult.Builder>> badResults() {
        var values = Collections.nCopies(65, new WasmValue(WasmType.I32, 1L));
        return Stream.of(
                result -> result.setTaskId("no/id"),
                result -> result.setAttempt(0),
                result -> result.setLeaseEpoch(-1L),
                result -> result.setModuleSha256("abc"),
                result -> result.setReason("x".repeat(EvidenceCheck.MAX_REASON_CHARS + 1)),
                result -> result.setValues(values),
                result -> result.setOutputSha256(hash("something else")),
                result -> result.setOutputSha256("XY"),
                result -> result.setOutputBytes(-1L),
                result -> result.setOutputBytes(4L),
                result -> inline(result, EvidenceCheck.MAX_INLINE_OUTPUT_BYTES + 1),
                result -> result.setOutput(null),
                result -> result.setOutput(new BlobRef(hash("other"), 3L)),
                result -> result.setOutput(new BlobRef(result.getOutputSha256(), 4L)),
                result -> result.setOutcome(Outcome.NODE_FAILED),
                result -> result.setGasUsed(-1L),
                result -> result.setPeakMemoryPages(-1),
                result -> result.setPeakMemoryPages(65_537),
                result -> result.setTraceDigest(""),
                result -> result.setWallMicros(-1L),
                result -> result.setCpuMicros(-1L),
                result -> result.setEnergyMicrojoules(-1L),
                result -> result.setStderr(ByteBuffer.allocate(EvidenceCheck.MAX_STDERR_BYTES + 1)),
                result -> result.setSalt(ByteBuffer.allocate(31)),
                result -> result.setStartedAtEpochMillis(-1L));
    }

    @ParameterizedTest
    @MethodSource("badResults")
    void aResultWithAFieldOutOfRangeIsRefused(Consumer<TaskResult.Builder> change) {
        var result = with(Samples.result(), change);

        assertRefused(INTAKE.result(result.getTaskId(), NODE.sign(Domain.RESULT, result)), "out-of-range");
    }

    static Stream<Consumer<TaskResult.Builder>> goodResults() {
        return Stream.of(
                result -> result.setValues(Collections.nCopies(64, new WasmValue(WasmType.F64, -1L))),
                result -> inline(result, EvidenceCheck.MAX_INLINE_OUTPUT_BYTES),
                result -> result.setSalt(ByteBuffer.allocate(32)),
                result -> {
                    result.setOutput(new BlobRef(hash("blob"), 1_000_000L));
                    result.setOutputSha256(hash("blob"));
                    result.setOutputBytes(1_000_000L);
                },
                result -> {
                    result.setOutcome(Outcome.NODE_FAILED);
                    result.setReason("the module is not in the blob store");
                    result.setOutput(null);
                    result.setOutputSha256(hash(""));
                    result.setOutputBytes(0L);
                });
    }

    @ParameterizedTest
    @MethodSource("goodResults")
    void aResultAtTheEdgeOfItsRangesPasses(Consumer<TaskResult.Builder> change) {
        var result = with(Samples.result(), change);

        assertThat(INTAKE.result(TASK_ID, NODE.sign(Domain.RESULT, result))).isInstanceOf(Decision.Forward.class);
    }

    static Stream<Consumer<Verdict.Builder>> badVerdicts() {
        var finding = new NodeFinding(NODE.id(), 7L, FindingKind.ACCEPTED, "");
        return Stream.of(
                verdict -> verdict.setTaskId("no/id"),
                verdict -> verdict.setAttempt(0),
                verdict -> verdict.setReason("x".repeat(EvidenceCheck.MAX_REASON_CHARS + 1)),
                verdict -> verdict.setFindings(Collections.nCopies(EvidenceCheck.MAX_FINDINGS + 1, finding)),
                verdict -> verdict.setFindings(List.of(new NodeFinding("me", 7L, FindingKind.ACCEPTED, ""))),
                verdict -> verdict.setFindings(List.of(new NodeFinding(NODE.id(), -7L, FindingKind.ACCEPTED, ""))),
                verdict -> verdict.setFindings(List.of(new NodeFinding(
                        NODE.id(), 7L, FindingKind.REJECTED, "x".repeat(EvidenceCheck.MAX_REASON_CHARS + 1)))),
                verdict -> verdict.setResultDigest(""),
                verdict -> verdict.setOutcome(VerdictOutcome.REJECTED),
                verdict -> verdict.setCheckedAtEpochMillis(-1L));
    }

    @ParameterizedTest
    @MethodSource("badVerdicts")
    void aVerdictWithAFieldOutOfRangeIsRefused(Consumer<Verdict.Builder> change) {
        var verdict = copy(Samples.verdict(), change);

        assertRefused(INTAKE.verdict(verdict.getTaskId(), VERIFIER.sign(Domain.VERDICT, verdict)), "out-of-range");
    }

    static Stream<Consumer<ResultCommitment.Builder>> badCommitments() {
        return Stream.of(
                promise -> promise.setTaskId("no/id"),
                promise -> promise.setAttempt(-1),
                promise -> promise.setLeaseEpoch(-1L),
                promise -> promise.setCommitment("0x12"));
    }

    @ParameterizedTest
    @MethodSource("badCommitments")
    void aCommitmentWithAFieldOutOfRangeIsRefused(Consumer<ResultCommitment.Builder> change) {
        var promise = copy(Samples.commitment(), change);

        assertRefused(INTAKE.commitment(promise.getTaskId(), NODE.sign(Domain.COMMITMENT, promise)), "out-of-range");
    }

    private static void inline(TaskResult.Builder result, int size) {
        var output = new byte[size];
        result.setOutput(new InlineBytes(ByteBuffer.wrap(output)));
        result.setOutputSha256(Sha256.hex(output));
        result.setOutputBytes((long) size);
    }

    private static ByteBuffer flip(ByteBuffer bytes, int position) {
        var flipped = Bytes.of(bytes);
        flipped[position] ^= 1;
        return ByteBuffer.wrap(flipped);
    }

    private static TaskResult with(TaskResult.Builder result, Consumer<TaskResult.Builder> change) {
        change.accept(result);
        return result.build();
    }

    private static Verdict copy(Verdict original, Consumer<Verdict.Builder> change) {
        var copy = Verdict.newBuilder(original);
        change.accept(copy);
        return copy.build();
    }

    private static ResultCommitment copy(ResultCommitment original, Consumer<ResultCommitment.Builder> change) {
        var copy = ResultCommitment.newBuilder(original);
        change.accept(copy);
        return copy.build();
    }

    private static Signed forge(Signed original, Consumer<Signed.Builder> change) {
        var copy = Signed.newBuilder(original);
        change.accept(copy);
        return copy.build();
    }

    private static void assertRefused(Decision decision, String code) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.refusal().code()).as(refused.refusal().reason()).isEqualTo(code);
            assertThat(refused.refusal().reason()).isNotBlank();
        });
    }
}
