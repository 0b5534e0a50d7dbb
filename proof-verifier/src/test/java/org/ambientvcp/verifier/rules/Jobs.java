package org.ambientvcp.verifier.rules;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ambientvcp.events.CommittedReplica;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.signing.Identity;

/// Jobs with honest evidence, to be spoiled by tests.
public final class Jobs {
    public static final String MODULE = "ab".repeat(32);
    static final byte[] OUTPUT = "answer".getBytes(StandardCharsets.UTF_8);
    static final byte[] SALT = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Jobs() {}

    public static Identity node(int seed) {
        var secret = new byte[32];
        secret[0] = (byte) seed;
        secret[1] = 99;
        return Identity.ofSecretKey(secret);
    }

    /// A run that completed; equal to [#result].
    static TaskRun run() {
        return new TaskRun(
                Outcome.COMPLETED,
                0,
                null,
                List.of(new WasmValue(WasmType.I32, 42L)),
                org.ambientvcp.wasm.Bytes.of(OUTPUT),
                org.ambientvcp.wasm.Bytes.EMPTY,
                1_000,
                900,
                2,
                "cd".repeat(32),
                100,
                List.of());
    }

    /// What node `seed` says it got.
    static TaskResult.Builder result(int seed) {
        return TaskResult.newBuilder()
                .setCell(3)
                .setTaskId("t1")
                .setNodeId(node(seed).id())
                .setAttempt(2)
                .setLeaseEpoch(70 + seed)
                .setModuleSha256(MODULE)
                .setOutcome(Outcome.COMPLETED)
                .setExitCode(0)
                .setValues(List.of(new WasmValue(WasmType.I32, 42L)))
                .setOutput(new InlineBytes(ByteBuffer.wrap(OUTPUT)))
                .setOutputSha256(Sha256.hex(OUTPUT))
                .setOutputBytes(OUTPUT.length)
                .setGasUsed(1_000)
                .setPeakMemoryPages(2)
                .setTraceDigest("cd".repeat(32))
                .setWallMicros(10)
                .setCpuMicros(9)
                .setEnergyMicrojoules(5)
                .setEnergySource(EnergySource.MODEL)
                .setStderr(ByteBuffer.allocate(0))
                .setSalt(ByteBuffer.wrap(SALT))
                .setStartedAtEpochMillis(1_800_000_000_000L);
    }

    static TaskResult result(int seed, Consumer<TaskResult.Builder> change) {
        var result = result(seed);
        change.accept(result);
        return result.build();
    }

    public static VerificationJob changed(VerificationJob job, Consumer<VerificationJob.Builder> change) {
        var builder = VerificationJob.newBuilder(job);
        change.accept(builder);
        return builder.build();
    }

    static Signed signed(int seed, TaskResult result) {
        return node(seed).sign(Domain.RESULT, result);
    }

    static Task task(VerificationLevel level, int replicas, int quorum) {
        return Task.newBuilder()
                .setTaskId("t1")
                .setTenant("tenant")
                .setModuleSha256(MODULE)
                .setEntry(new FunctionEntry("run", List.of()))
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().build())
                .setVerification(org.ambientvcp.events.Verification.newBuilder()
                        .setLevel(level)
                        .setReplicas(replicas)
                        .setQuorum(quorum)
                        .build())
                .setRewardMicros(1_000)
                .setSubmittedAtEpochMillis(1_800_000_000_000L)
                .setSubmittedBy("test")
                .build();
    }

    /// A job of one replica, of node 1.
    static VerificationJob single(VerificationLevel level, boolean reexecute, TaskResult result) {
        return job(level, 1, 1, reexecute, List.of(result), List.of());
    }

    /// A job of a quorum; every node has committed to what it shows here.
    static VerificationJob quorum(int replicas, int quorum, List<TaskResult> shown) {
        return job(VerificationLevel.QUORUM, replicas, quorum, false, shown, shown);
    }

    /// @param shown results; node i signs the i-th, from 1
    /// @param committed what the nodes committed to; fewer than replicas: the rest committed to nothing known
    static VerificationJob job(
            VerificationLevel level,
            int replicas,
            int quorum,
            boolean reexecute,
            List<TaskResult> shown,
            List<TaskResult> committed) {
        var leases = new ArrayList<CommittedReplica>();
        for (int seed = 1; seed <= replicas; seed++) {
            var commitment = seed <= committed.size() ? commitment(seed, committed.get(seed - 1)) : "";
            leases.add(new CommittedReplica(node(seed).id(), 70L + seed, commitment));
        }
        var envelopes = new ArrayList<Signed>();
        for (int index = 0; index < shown.size(); index++) envelopes.add(signed(index + 1, shown.get(index)));
        return new VerificationJob(
                3, 99L, "t1", 2, task(level, replicas, quorum), envelopes, leases, level, quorum, reexecute, 100_000);
    }

    static String commitment(int seed, TaskResult result) {
        return ResultDigest.commitment(Bytes.of(result.getSalt()), node(seed).id(), ResultDigest.of(result));
    }
}
