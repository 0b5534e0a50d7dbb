package org.ambientvcp.verifier.rules;

import static org.ambientvcp.verifier.rules.Jobs.changed;
import static org.ambientvcp.verifier.rules.Jobs.node;
import static org.ambientvcp.verifier.rules.Jobs.result;
import static org.ambientvcp.verifier.rules.Jobs.single;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.verifier.rules.Judgement.Decided;
import org.ambientvcp.verifier.rules.Judgement.Deferred;
import org.ambientvcp.verifier.rules.Judgement.Unusable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationTest {
    private static final Outputs NONE = sha256 -> new Outputs.Found.Missing();
    private static final Reexecution FORBIDDEN = task -> {
        throw new AssertionError("re-executed though nobody asked for it");
    };

    @Test
    void aSignedConsistentResultIsAccepted() {
        var honest = result(1).build();

        var decided = decided(single(VerificationLevel.SIGNED, false, honest));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.ACCEPTED);
        assertThat(decided.resultDigest()).isEqualTo(ResultDigest.of(honest));
        assertThat(decided.reexecuted()).isFalse();
        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getKind()).isEqualTo(FindingKind.ACCEPTED);
            assertThat(finding.getNodeId()).isEqualTo(node(1).id());
            assertThat(finding.getLeaseEpoch()).isEqualTo(71);
        });
    }

    /// What an honest node never signs, and the reason for refusing it.
    private static final Map<String, Consumer<TaskResult.Builder>> LIES = new TreeMap<>(Map.ofEntries(
            Map.entry("moduleSha256 is not the task's", result -> result.setModuleSha256("ac".repeat(32))),
            Map.entry("nodeId is not the signer", result -> result.setNodeId(node(2).id())),
            Map.entry("reason does not fit outcome COMPLETED", result -> result.setReason("why")),
            Map.entry("reason does not fit outcome TRAPPED", result -> result.setOutcome(Outcome.TRAPPED)),
            Map.entry("gasUsed is not 0–10000000000: 10000000001", result -> result.setGasUsed(10_000_000_001L)),
            Map.entry("gasUsed is not 0–10000000000: -1", result -> result.setGasUsed(-1)),
            Map.entry("peakMemoryPages is not 0–8192: 8193", result -> result.setPeakMemoryPages(8_193)),
            Map.entry("peakMemoryPages is not 0–8192: -1", result -> result.setPeakMemoryPages(-1)),
            Map.entry("outputBytes is not 0–16777216: 16777217", result -> result.setOutputBytes(16_777_217)),
            Map.entry("outputBytes is not 0–16777216: -1", result -> result.setOutputBytes(-1)),
            Map.entry(
                    "values are more than 1000: 1001",
                    result -> result.setValues(Stream.generate(() -> new WasmValue(WasmType.I64, 1L))
                            .limit(1_001)
                            .toList())),
            Map.entry("stderr is longer than 4096 bytes: 4097", result -> result.setStderr(ByteBuffer.allocate(4_097))),
            Map.entry("traceDigest is not 64 lower-case hex digits", result -> result.setTraceDigest("CD".repeat(32))),
            Map.entry(
                    "wallMicros, cpuMicros or energyMicrojoules is negative",
                    result -> result.setEnergyMicrojoules(-1)),
            Map.entry("output is missing, outputBytes is 6", result -> result.setOutput(null)),
            Map.entry(
                    "output is missing, outputBytes is 0",
                    result -> result.setOutput(null).setOutputBytes(0)),
            Map.entry("outputBytes is not the length of the output, 6: 7", result -> result.setOutputBytes(7)),
            Map.entry("outputSha256 is not the hash of the output", result -> result.setOutputSha256("00".repeat(32))),
            Map.entry(
                    "inline output is not 1–4096 bytes: 0",
                    result -> result.setOutput(new InlineBytes(ByteBuffer.allocate(0)))),
            Map.entry(
                    "inline output is not 1–4096 bytes: 4097",
                    result -> result.setOutput(new InlineBytes(ByteBuffer.allocate(4_097)))),
            Map.entry(
                    "output.sha256 is not 64 lower-case hex digits",
                    result -> result.setOutput(new BlobRef("../etc/passwd", 6L))),
            Map.entry(
                    "output.sha256 is not outputSha256", result -> result.setOutput(new BlobRef("00".repeat(32), 6L))),
            Map.entry(
                    "output.sizeBytes is not outputBytes, 6: 7",
                    result -> result.setOutput(new BlobRef(result.getOutputSha256(), 7L))),
            Map.entry(
                    "output in the blob store is not above 4096 bytes: 6",
                    result -> result.setOutput(new BlobRef(result.getOutputSha256(), 6L))),
            Map.entry(
                    "the output is not in the blob store",
                    result -> result.setOutput(new BlobRef(result.getOutputSha256(), 5_000L))
                            .setOutputBytes(5_000))));

    static Stream<Arguments> lies() {
        return LIES.entrySet().stream().map(lie -> Arguments.of(lie.getKey(), lie.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void whatNoHonestNodeSignsIsRefused(String reason, Consumer<TaskResult.Builder> lie) {
        var decided = decided(single(VerificationLevel.SIGNED, false, result(1, lie)));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.REJECTED);
        assertThat(decided.resultDigest()).isEmpty();
        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getKind()).isEqualTo(FindingKind.REJECTED);
            assertThat(finding.getReason()).startsWith(reason);
        });
    }

    /// Results that are true, but not of this lease: nobody can be blamed for them.
    static Stream<Consumer<TaskResult.Builder>> otherLeases() {
        return Stream.of(
                result -> result.setTaskId("t2"),
                result -> result.setCell(4),
                result -> result.setAttempt(1),
                result -> result.setLeaseEpoch(72));
    }

    @ParameterizedTest
    @MethodSource("otherLeases")
    void aResultOfAnotherLeaseIsNoResult(Consumer<TaskResult.Builder> other) {
        var decided = decided(single(VerificationLevel.SIGNED, false, result(1, other)));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.REJECTED);
        assertMissing(decided, "the node's result is for another lease");
    }

    @Test
    void aNodeThatFailedIsMissingAndNotBlamed() {
        var failed = result(1, result -> result.setOutcome(Outcome.NODE_FAILED).setReason("no disk"));

        assertMissing(decided(single(VerificationLevel.SIGNED, false, failed)), "the node failed: no disk");
    }

    @Test
    void aResultOfANodeWithoutALeaseIsNoResult() {
        var job = single(VerificationLevel.SIGNED, false, result(1).build());
        var strangers = List.of(node(5).sign(Domain.RESULT, result(1).build()));

        var decided = decided(changed(job, builder -> builder.setResults(strangers)));

        assertMissing(decided, "no result");
        assertThat(decided.reason()).endsWith("1 results of nodes without a lease");
    }

    @Test
    void everyByteOfTheEnvelopeCounts() {
        var job = single(VerificationLevel.SIGNED, false, result(1).build());
        var envelope = job.getResults().getFirst();
        for (var part : List.of(envelope.getPayload(), envelope.getSignature(), envelope.getPublicKey())) {
            for (int index = 0; index < part.limit(); index++) {
                part.put(index, (byte) (part.get(index) ^ 1));

                var decided = decided(job);

                assertThat(decided.outcome()).isEqualTo(VerdictOutcome.REJECTED);
                assertThat(decided.findings().getFirst().getKind()).isEqualTo(FindingKind.MISSING);
                part.put(index, (byte) (part.get(index) ^ 1));
            }
        }
        assertThat(decided(job).outcome()).isEqualTo(VerdictOutcome.ACCEPTED);
    }

    @Test
    void aSignatureForAnotherPurposeIsNone() {
        var job = single(VerificationLevel.SIGNED, false, result(1).build());
        var other = Signed.newBuilder(job.getResults().getFirst())
                .setDomain("vcp/trace/v1")
                .build();

        assertMissing(decided(changed(job, builder -> builder.setResults(List.of(other)))), "wrong-domain: ");
    }

    @Test
    void twoDifferentResultsForOneLeaseAreRefused() {
        var job = single(VerificationLevel.SIGNED, false, result(1).build());
        var other = result(1, result -> result.setExitCode(9));
        var both = List.of(job.getResults().getFirst(), Jobs.signed(1, other));

        assertThat(decided(changed(job, builder -> builder.setResults(both)))
                        .findings()
                        .getFirst()
                        .getReason())
                .isEqualTo("signed two different results for one lease");
    }

    @Test
    void theSameResultSignedAgainAfterARestartIsFine() {
        var job = single(VerificationLevel.SIGNED, false, result(1).build());
        var again = result(1, result -> result.setWallMicros(77));
        var both = List.of(job.getResults().getFirst(), Jobs.signed(1, again));

        assertThat(decided(changed(job, builder -> builder.setResults(both))).outcome())
                .isEqualTo(VerdictOutcome.ACCEPTED);
    }

    @Test
    void anOutputInTheBlobStoreIsLookedAt() {
        var job = single(VerificationLevel.SIGNED, false, result(1, VerificationTest::long5000));

        assertThat(decided(Verification.check(job, sha256 -> new Outputs.Found.Present(5_000), FORBIDDEN))
                        .outcome())
                .isEqualTo(VerdictOutcome.ACCEPTED);
        assertThat(decided(Verification.check(job, sha256 -> new Outputs.Found.Present(4_999), FORBIDDEN))
                        .reason())
                .isEqualTo("output.sizeBytes is not what the blob has, 4999: 5000");
    }

    @Test
    void aStoreThatIsAwayIsNobodysFault() {
        var job = single(VerificationLevel.SIGNED, false, result(1, VerificationTest::long5000));

        assertThat(Verification.check(job, sha256 -> new Outputs.Found.Unavailable("no route"), FORBIDDEN))
                .isEqualTo(new Deferred("output unavailable: no route"));
    }

    @Test
    void aSpotCheckThatWasNotDrawnIsNotRun() {
        var job = single(VerificationLevel.SPOT_CHECK, false, result(1).build());

        assertThat(decided(job).outcome()).isEqualTo(VerdictOutcome.ACCEPTED);
    }

    @Test
    void reExecutionThatAgreesAccepts() {
        var job = single(VerificationLevel.SPOT_CHECK, true, result(1).build());

        var decided = decided(Verification.check(job, NONE, task -> Jobs.run()));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.ACCEPTED);
        assertThat(decided.reexecuted()).isTrue();
        assertThat(decided.reason()).isEqualTo("re-execution gave the same result, 1000 gas");
    }

    static Stream<Arguments> cheats() {
        return Stream.of(
                cheat("outcome", result -> result.setOutcome(Outcome.TRAPPED).setReason("unreachable")),
                cheat("exit code", result -> result.setExitCode(1)),
                cheat("values", result -> result.setValues(List.of(new WasmValue(WasmType.I32, 43L)))),
                cheat("values", result -> result.setValues(List.of(new WasmValue(WasmType.I64, 42L)))),
                cheat(
                        "output",
                        result -> result.setOutput(null)
                                .setOutputBytes(0)
                                .setOutputSha256(org.ambientvcp.schemas.Sha256.hex(new byte[0]))),
                cheat("gas", result -> result.setGasUsed(999)),
                cheat("memory", result -> result.setPeakMemoryPages(3)),
                cheat("trace", result -> result.setTraceDigest("ce".repeat(32))));
    }

    private static Arguments cheat(String field, Consumer<TaskResult.Builder> change) {
        return Arguments.of(field, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cheats")
    void reExecutionNamesWhatDiffers(String field, Consumer<TaskResult.Builder> cheat) {
        var job = single(VerificationLevel.SPOT_CHECK, true, result(1, cheat));

        var decided = decided(Verification.check(job, NONE, task -> Jobs.run()));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.REJECTED);
        assertThat(decided.reason()).isEqualTo("differs from the re-execution in " + field);
        assertThat(decided.findings().getFirst().getKind()).isEqualTo(FindingKind.REJECTED);
        assertThat(decided.reexecuted()).isTrue();
    }

    @Test
    void aReExecutionThatFailsHereRefusesNobody() {
        var job = single(VerificationLevel.SPOT_CHECK, true, result(1).build());

        assertThat(Verification.check(job, NONE, task -> TaskRun.nodeFailed("out of time")))
                .isEqualTo(new Deferred("re-execution failed here: out of time"));
    }

    @Test
    void aResultThatIsRefusedAnywayIsNotRun() {
        var job = single(VerificationLevel.SPOT_CHECK, true, result(1, result -> result.setGasUsed(-1)));

        assertThat(decided(job).outcome()).isEqualTo(VerdictOutcome.REJECTED);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                contradiction("taskId is not the task's", job -> job.setTaskId("t2")),
                contradiction("level is not the task's", job -> job.setLevel(VerificationLevel.SPOT_CHECK)),
                contradiction("replicas are not 1–64: 0", job -> job.setReplicas(List.of())),
                contradiction("quorum is not positive: 0", job -> job.setQuorum(0)),
                contradiction(
                        "replicas are not 1 at level SIGNED: 2",
                        job -> job.setReplicas(List.of(
                                job.getReplicas().getFirst(), job.getReplicas().getFirst()))),
                contradiction(
                        "results are more than 128: 129",
                        job -> job.setResults(
                                Stream.generate(() -> job.getResults().getFirst())
                                        .limit(129)
                                        .toList())),
                contradiction(
                        "task.moduleSha256 is not",
                        job -> job.setTask(Task.newBuilder(job.getTask())
                                .setModuleSha256("x")
                                .build())),
                contradiction(
                        "task.limits.gas is not",
                        job -> job.setTask(Task.newBuilder(job.getTask())
                                .setLimits(Limits.newBuilder().setGas(0).build())
                                .build())));
    }

    private static Arguments contradiction(String reason, Consumer<VerificationJob.Builder> change) {
        return Arguments.of(reason, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void aJobThatContradictsItselfGetsNoVerdict(String reason, Consumer<VerificationJob.Builder> change) {
        var job = changed(single(VerificationLevel.SIGNED, false, result(1).build()), change);

        assertThat(Verification.check(job, NONE, FORBIDDEN))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        unusable -> assertThat(unusable.reason()).startsWith(reason));
    }

    private static void long5000(TaskResult.Builder result) {
        result.setOutput(new BlobRef(result.getOutputSha256(), 5_000L)).setOutputBytes(5_000);
    }

    private static void assertMissing(Decided decided, String reason) {
        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.REJECTED);
        assertThat(decided.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getKind()).isEqualTo(FindingKind.MISSING);
            assertThat(finding.getReason()).startsWith(reason);
        });
    }

    private static Decided decided(VerificationJob job) {
        return decided(Verification.check(job, NONE, FORBIDDEN));
    }

    private static Decided decided(Judgement judgement) {
        if (judgement instanceof Decided decided) return decided;
        throw new AssertionError("expected a decision, got " + judgement);
    }
}
