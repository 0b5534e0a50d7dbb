package org.ambientvcp.verifier.rules;

import static org.ambientvcp.verifier.rules.Jobs.changed;
import static org.ambientvcp.verifier.rules.Jobs.job;
import static org.ambientvcp.verifier.rules.Jobs.quorum;
import static org.ambientvcp.verifier.rules.Jobs.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.verifier.rules.Judgement.Decided;
import org.junit.jupiter.api.Test;

class QuorumTest {
    @Test
    void equalResultsAreAccepted() {
        var decided = decided(quorum(3, 2, List.of(honest(1), honest(2), honest(3))));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.ACCEPTED);
        assertThat(decided.reason()).isEqualTo("3 of 3 results are equal, 2 needed");
        assertThat(decided.resultDigest()).isEqualTo(ResultDigest.of(honest(1)));
        assertKinds(decided, FindingKind.ACCEPTED, FindingKind.ACCEPTED, FindingKind.ACCEPTED);
    }

    @Test
    void whoDiffersFromTheQuorumIsRefusedWithTheField() {
        var decided = decided(quorum(3, 2, List.of(honest(1), cheat(2), honest(3))));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.ACCEPTED);
        assertKinds(decided, FindingKind.ACCEPTED, FindingKind.REJECTED, FindingKind.ACCEPTED);
        assertThat(decided.findings().get(1).getReason()).isEqualTo("differs from the quorum in gas");
    }

    @Test
    void whoShowsNothingIsMissing() {
        var decided = decided(quorum(3, 2, List.of(honest(1), honest(2))));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.ACCEPTED);
        assertKinds(decided, FindingKind.ACCEPTED, FindingKind.ACCEPTED, FindingKind.MISSING);
    }

    @Test
    void withoutAQuorumNobodyIsBlamed() {
        var third = result(3, result -> result.setExitCode(1));

        var decided = decided(quorum(3, 2, List.of(honest(1), cheat(2), third)));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.INCONCLUSIVE);
        assertThat(decided.reason()).isEqualTo("no quorum of 2: 3 different results, at most 1 equal, of 3 replicas");
        assertThat(decided.findings()).isEmpty();
        assertThat(decided.resultDigest()).isEmpty();
    }

    @Test
    void twoGroupsOfTheSameSizeAreNoQuorum() {
        var job = quorum(4, 3, List.of(honest(1), honest(2), cheat(3), cheat(4)));

        assertThat(decided(changed(job, builder -> builder.setQuorum(2))).outcome())
                .isEqualTo(VerdictOutcome.INCONCLUSIVE);
    }

    @Test
    void aResultThatIsNotTheOneCommittedToIsRefused() {
        var shown = List.of(honest(1), honest(2), honest(3));
        var committed = List.of(honest(1), honest(2), cheat(3));

        var decided = decided(job(VerificationLevel.QUORUM, 3, 2, false, shown, committed));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.ACCEPTED);
        assertKinds(decided, FindingKind.ACCEPTED, FindingKind.ACCEPTED, FindingKind.REJECTED);
        assertThat(decided.findings().get(2).getReason()).isEqualTo("the result is not the one committed to");
    }

    @Test
    void anotherSaltDoesNotOpenTheCommitment() {
        var other = result(2, result -> result.setSalt(ByteBuffer.wrap(new byte[32])));

        var decided = decided(
                job(VerificationLevel.QUORUM, 2, 2, false, List.of(honest(1), other), List.of(honest(1), honest(2))));

        assertThat(decided.outcome()).isEqualTo(VerdictOutcome.INCONCLUSIVE);
        assertThat(decided.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.getKind()).isEqualTo(FindingKind.REJECTED));
    }

    @Test
    void aNodeCannotTakeAnothersCommitmentForItsOwn() {
        var job = quorum(2, 2, List.of(honest(1), honest(2)));
        var copied = CommittedReplica.newBuilder(job.getReplicas().get(1))
                .setCommitment(job.getReplicas().getFirst().getCommitment())
                .build();
        var copy = changed(
                job, builder -> builder.setReplicas(List.of(job.getReplicas().getFirst(), copied)));

        assertThat(decided(copy).findings().getFirst().getReason()).isEqualTo("the result is not the one committed to");
    }

    @Test
    void aShortSaltIsRefused() {
        var shortSalt = result(2, result -> result.setSalt(ByteBuffer.wrap(new byte[31])));

        var decided = decided(quorum(2, 2, List.of(honest(1), shortSalt)));

        assertThat(decided.findings().getFirst().getReason()).isEqualTo("salt is not 32 bytes: 31");
    }

    private static TaskResult honest(int seed) {
        return result(seed).build();
    }

    private static TaskResult cheat(int seed) {
        return result(seed, result -> result.setGasUsed(999));
    }

    private static void assertKinds(Decided decided, FindingKind... kinds) {
        assertThat(decided.findings()).extracting(finding -> finding.getKind()).containsExactly(kinds);
    }

    private static Decided decided(VerificationJob job) {
        var judgement = Verification.check(job, sha256 -> new Outputs.Found.Missing(), task -> {
            throw new AssertionError("a quorum is not re-executed");
        });
        if (judgement instanceof Decided decided) return decided;
        throw new AssertionError("expected a decision, got " + judgement);
    }
}
