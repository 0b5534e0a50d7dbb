package org.ambientvcp.scheduler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FindingKind;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.NodeFinding;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.ResultCommitment;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Verdict;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.signing.Identity;

/// Valid records for tests to start from.
public final class Samples {
    public static final String TENANT = "acme";
    public static final String TASK_ID = "task-1";
    public static final Identity NODE = identity("node");
    public static final Identity VERIFIER = identity("verifier");
    public static final Identity STRANGER = identity("stranger");

    private static final byte[] OUTPUT = "42\n".getBytes(StandardCharsets.UTF_8);

    private Samples() {}

    public static Identity identity(String seed) {
        return Identity.ofSecretKey(Sha256.digest(seed.getBytes(StandardCharsets.UTF_8)));
    }

    public static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Task.Builder task() {
        return Task.newBuilder()
                .setTaskId(TASK_ID)
                .setTenant(TENANT)
                .setModuleSha256(hash("module"))
                .setEntry(new WasiEntry(List.of("-n")))
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().build())
                .setVerification(Verification.newBuilder()
                        .setLevel(VerificationLevel.SPOT_CHECK)
                        .build())
                .setRewardMicros(1_000)
                .setSubmittedAtEpochMillis(5)
                .setSubmittedBy("tester");
    }

    public static Task task(String tenant, String taskId, long rewardMicros) {
        return task().setTenant(tenant)
                .setTaskId(taskId)
                .setRewardMicros(rewardMicros)
                .build();
    }

    public static ResultCommitment commitment() {
        return new ResultCommitment(1, TASK_ID, NODE.id(), 1, 7L, hash("commitment"));
    }

    public static TaskResult.Builder result() {
        return TaskResult.newBuilder()
                .setCell(1)
                .setTaskId(TASK_ID)
                .setNodeId(NODE.id())
                .setAttempt(1)
                .setLeaseEpoch(7)
                .setModuleSha256(hash("module"))
                .setOutcome(Outcome.COMPLETED)
                .setExitCode(0)
                .setValues(List.of())
                .setOutput(new InlineBytes(ByteBuffer.wrap(OUTPUT)))
                .setOutputSha256(Sha256.hex(OUTPUT))
                .setOutputBytes(OUTPUT.length)
                .setGasUsed(100)
                .setPeakMemoryPages(2)
                .setTraceDigest(hash("trace"))
                .setWallMicros(10)
                .setCpuMicros(9)
                .setEnergyMicrojoules(1)
                .setEnergySource(EnergySource.MODEL)
                .setStderr(ByteBuffer.allocate(0))
                .setSalt(ByteBuffer.allocate(0))
                .setStartedAtEpochMillis(1);
    }

    public static Verdict verdict() {
        return new Verdict(
                1,
                TASK_ID,
                1,
                VERIFIER.id(),
                VerificationLevel.SPOT_CHECK,
                VerdictOutcome.ACCEPTED,
                "re-executed: same digest",
                List.of(new NodeFinding(NODE.id(), 7L, FindingKind.ACCEPTED, "")),
                hash("result"),
                true,
                1L);
    }
}
