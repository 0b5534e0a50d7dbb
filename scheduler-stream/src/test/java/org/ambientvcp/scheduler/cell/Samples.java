package org.ambientvcp.scheduler.cell;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.CommitmentReceived;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerdictReceived;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.SingleObject;

/// Commands as they come in tests.
public final class Samples {
    public static final int WALL_MILLIS = 1_000;
    static final int NODE_LEASE_MILLIS = 4_000;
    static final String HASH = "ab".repeat(32);

    static {
        AvroCodec.schema(CellConfig.class); // makes Avro trust our records: its builders need that before they copy
    }

    private Samples() {}

    public static NodeUpdate.Builder node(String id) {
        return NodeUpdate.newBuilder()
                .setNodeId(id)
                .setName(id)
                .setOwnerId("owner-of-" + id)
                .setRegion("eu")
                .setNodeType(NodeType.SERVER)
                .setCapabilities(List.of())
                .setSlots(1)
                .setScorePpm(500_000)
                .setBreaker(Breaker.CLOSED)
                .setLeaseMillis(1_000_000_000);
    }

    public static Task.Builder task(String id) {
        return Task.newBuilder()
                .setTaskId(id)
                .setTenant("acme")
                .setModuleSha256(HASH)
                .setEntry(new FunctionEntry("run", List.of()))
                .setLimits(Limits.newBuilder().setWallMillis(WALL_MILLIS).build())
                .setRequirements(Requirements.newBuilder().build())
                .setVerification(new Verification(VerificationLevel.SPOT_CHECK, 1, 1, 100_000))
                .setRewardMicros(1_000)
                .setSubmittedAtEpochMillis(1)
                .setSubmittedBy("test");
    }

    static Verification quorum(int replicas, int quorum) {
        return new Verification(VerificationLevel.QUORUM, replicas, quorum, 100_000);
    }

    public static TaskOffer offer(Task.Builder task) {
        return new TaskOffer(task.build(), List.of(), 0L);
    }

    public static CellConfig.Builder config() {
        return CellConfig.newBuilder(CellSettings.DEFAULT);
    }

    /// A result that answers an assignment; equal answers have equal digests.
    static TaskResult result(Assignment lease, String answer) {
        return result(lease, Outcome.COMPLETED, answer);
    }

    static TaskResult result(Assignment lease, Outcome outcome, String answer) {
        return new TaskResult(
                lease.getCell(),
                lease.getTaskId(),
                lease.getNodeId(),
                lease.getAttempt(),
                lease.getLeaseEpoch(),
                HASH,
                outcome,
                0,
                outcome == Outcome.COMPLETED ? null : answer,
                List.of(),
                null,
                Sha256.hex(answer.getBytes(StandardCharsets.UTF_8)),
                (long) answer.length(),
                1_000L,
                1,
                HASH,
                5L,
                4L,
                3L,
                EnergySource.MODEL,
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(0),
                1L);
    }

    static ResultReceived received(TaskResult result) {
        return new ResultReceived(
                result.getTaskId(),
                result.getNodeId(),
                result.getAttempt(),
                result.getLeaseEpoch(),
                new Signed(
                        result.getNodeId(),
                        ByteBuffer.allocate(32),
                        Domain.RESULT.name(),
                        ByteBuffer.wrap(SingleObject.encode(result)),
                        ByteBuffer.allocate(64)));
    }

    public static ResultReceived returned(Assignment lease, String answer) {
        return received(result(lease, answer));
    }

    static ResultReceived nodeFailed(Assignment lease) {
        return received(result(lease, Outcome.NODE_FAILED, "blob missing"));
    }

    static CommitmentReceived committed(Assignment lease, String answer) {
        return new CommitmentReceived(
                lease.getTaskId(),
                lease.getNodeId(),
                lease.getAttempt(),
                lease.getLeaseEpoch(),
                ResultDigest.commitment(new byte[32], lease.getNodeId(), ResultDigest.of(result(lease, answer))));
    }

    /// The verdict an honest verifier gives on equal work: the answer most results agree on, if that is a quorum.
    public static VerdictReceived honest(VerificationJob job) {
        var results = job.getResults().stream()
                .map(signed -> SingleObject.decode(TaskResult.class, Bytes.of(signed.getPayload())))
                .toList();
        var votes = new TreeMap<String, Integer>();
        for (var result : results) votes.merge(ResultDigest.of(result), 1, Integer::sum);
        var most = votes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        if (most.getValue() < job.getQuorum()) return verdict(job, VerdictOutcome.INCONCLUSIVE, List.of(), "");
        var findings = results.stream()
                .map(result -> finding(
                        result,
                        ResultDigest.of(result).equals(most.getKey()) ? FindingKind.ACCEPTED : FindingKind.REJECTED))
                .toList();
        return verdict(job, VerdictOutcome.ACCEPTED, findings, most.getKey());
    }

    /// A verdict that finds the same of every result.
    static VerdictReceived verdict(VerificationJob job, VerdictOutcome outcome, FindingKind kind) {
        var findings = job.getResults().stream()
                .map(signed -> SingleObject.decode(TaskResult.class, Bytes.of(signed.getPayload())))
                .map(result -> finding(result, kind))
                .toList();
        return verdict(job, outcome, findings, "");
    }

    static VerdictReceived verdict(
            VerificationJob job, VerdictOutcome outcome, List<NodeFinding> findings, String digest) {
        return new VerdictReceived(new Verdict(
                job.getCell(),
                job.getTaskId(),
                job.getAttempt(),
                "verifier-1",
                job.getLevel(),
                outcome,
                "checked",
                findings,
                digest,
                job.getReexecute(),
                1L));
    }

    static NodeFinding finding(TaskResult result, FindingKind kind) {
        return new NodeFinding(result.getNodeId(), result.getLeaseEpoch(), kind, kind.name());
    }
}
