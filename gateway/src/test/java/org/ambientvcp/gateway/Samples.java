package org.ambientvcp.gateway;

import java.nio.ByteBuffer;
import java.util.List;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.Explanation;
import org.ambientvcp.events.FilteredNodes;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.ReplicaStatus;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.ResultSummary;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.jspecify.annotations.Nullable;

/// Events for tests.
public final class Samples {
    public static final String SHA = "3f".repeat(32);

    private Samples() {}

    public static Task task() {
        return Task.newBuilder()
                .setTaskId("task-1")
                .setTenant("acme")
                .setModuleSha256(SHA)
                .setEntry(new FunctionEntry(
                        "run", List.of(new WasmValue(WasmType.I32, 100_000L), new WasmValue(WasmType.F64, -1L))))
                .setInput(new InlineBytes(ByteBuffer.wrap(new byte[] {0, (byte) 0xff, 7})))
                .setLimits(Limits.newBuilder().setGas(5_000_000_000L).build())
                .setRequirements(Requirements.newBuilder()
                        .setRegion("eu-west")
                        .setNodeType(NodeType.EDGE)
                        .setCapabilities(List.of("gpu"))
                        .build())
                .setStrategy(Strategy.LEAST_LOADED)
                .setVerification(Verification.newBuilder()
                        .setLevel(VerificationLevel.QUORUM)
                        .setReplicas(3)
                        .setQuorum(2)
                        .build())
                .setDeadlineEpochMillis(1_900_000_000_000L)
                .setRewardMicros(1_000_000)
                .setSubmittedAtEpochMillis(1_800_000_000_000L)
                .setSubmittedBy("key-1")
                .setTraceparent(null)
                .build();
    }

    public static TaskStatus status(String taskId, String tenant, TaskState state, long updatedAt) {
        return TaskStatus.newBuilder()
                .setTaskId(taskId)
                .setTenant(tenant)
                .setState(state)
                .setCell(1)
                .setAttempt(1)
                .setModuleSha256(SHA)
                .setLevel(VerificationLevel.SPOT_CHECK)
                .setPriority(2)
                .setRewardMicros(10)
                .setSubmittedAtEpochMillis(updatedAt)
                .setUpdatedAtEpochMillis(updatedAt)
                .build();
    }

    public static TaskStatus accepted(String taskId, String tenant, long updatedAt, @Nullable Object output) {
        var explanation = new Explanation(
                Strategy.WEIGHTED,
                5,
                List.of(new FilteredNodes("breaker", 1)),
                4,
                "n1",
                "hot",
                700_000,
                -5L,
                "because");
        var result = new ResultSummary(
                Outcome.COMPLETED,
                0,
                null,
                List.of(new WasmValue(WasmType.I32, 0xffff_ffffL)),
                output,
                SHA,
                5L,
                1_000L,
                2_000L,
                3_000L,
                "trace",
                "digest",
                "n1",
                "node one");
        return TaskStatus.newBuilder(status(taskId, tenant, TaskState.ACCEPTED, updatedAt))
                .setFinishedAtEpochMillis(updatedAt)
                .setReplicas(List.of(new ReplicaStatus("n1", "node one", 7L, "RETURNED", updatedAt, explanation)))
                .setHistory(List.of("attempt 1: lease expired"))
                .setResult(result)
                .build();
    }

    public static BlobRef blob(String sha256, long size) {
        return new BlobRef(sha256, size);
    }

    public static TaskResult result(String taskId, String nodeId) {
        return TaskResult.newBuilder()
                .setCell(1)
                .setTaskId(taskId)
                .setNodeId(nodeId)
                .setAttempt(1)
                .setLeaseEpoch(7)
                .setModuleSha256(SHA)
                .setOutcome(Outcome.COMPLETED)
                .setExitCode(0)
                .setValues(List.of(new WasmValue(WasmType.I32, 42L)))
                .setOutputSha256(SHA)
                .setOutputBytes(0)
                .setGasUsed(10)
                .setPeakMemoryPages(1)
                .setTraceDigest("d")
                .setWallMicros(1)
                .setCpuMicros(1)
                .setEnergyMicrojoules(1)
                .setEnergySource(EnergySource.MODEL)
                .setStderr(ByteBuffer.allocate(0))
                .setSalt(ByteBuffer.allocate(0))
                .setStartedAtEpochMillis(1)
                .build();
    }
}
