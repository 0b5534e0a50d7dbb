package org.ambientvcp.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.wasm.Bytes;

/// Nodes, tasks and leases for the tests.
final class Fixtures {
    static final Path EXAMPLES = Path.of("../examples");
    static final String MODULE = "ab".repeat(32);

    private Fixtures() {}

    static Identity identity(int seed) {
        var secret = new byte[32];
        secret[0] = (byte) seed;
        return Identity.ofSecretKey(secret);
    }

    static NodeConfig config(Path dataDirectory, int slots) {
        return new NodeConfig(
                "test",
                "owner",
                "local",
                NodeType.SERVER,
                List.of("simd", "gpu"),
                slots,
                1L << 30,
                65_000,
                0,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                true,
                dataDirectory);
    }

    static byte[] example(String file) {
        try {
            return Files.readAllBytes(EXAMPLES.resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static Task.Builder task(String taskId) {
        return Task.newBuilder()
                .setTaskId(taskId)
                .setTenant("tenant")
                .setModuleSha256(MODULE)
                .setEntry(new FunctionEntry("run", List.of()))
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().build())
                .setVerification(Verification.newBuilder()
                        .setLevel(VerificationLevel.SPOT_CHECK)
                        .build())
                .setRewardMicros(1_000)
                .setSubmittedAtEpochMillis(1_800_000_000_000L)
                .setSubmittedBy("test");
    }

    static Task primesBelow(String taskId, int n) {
        return task(taskId)
                .setModuleSha256(Sha256.hex(example("primes/primes.wasm")))
                .setEntry(new FunctionEntry("count_primes", List.of(new WasmValue(WasmType.I32, (long) n))))
                .build();
    }

    static Task sorted(String taskId, byte[] input) {
        return task(taskId)
                .setModuleSha256(Sha256.hex(example("sort/sort.wasm")))
                .setEntry(new WasiEntry(List.of("-n")))
                .setInput(new InlineBytes(ByteBuffer.wrap(input)))
                .build();
    }

    static Assignment.Builder execute(Identity node, Task task) {
        return lease(AssignmentKind.EXECUTE, node, task.getTaskId()).setTask(task);
    }

    static Assignment.Builder lease(AssignmentKind kind, Identity node, String taskId) {
        return Assignment.newBuilder()
                .setKind(kind)
                .setCell(0)
                .setTaskId(taskId)
                .setNodeId(node.id())
                .setAttempt(1)
                .setLeaseEpoch(7)
                .setReplica(0)
                .setLeaseExpiresAtEpochMillis(System.currentTimeMillis() + 600_000);
    }

    /// A run that completed with this output.
    static TaskRun completed(String output) {
        return new TaskRun(
                Outcome.COMPLETED,
                0,
                null,
                List.of(new WasmValue(WasmType.I32, 42L)),
                Bytes.of(output.getBytes(StandardCharsets.UTF_8)),
                Bytes.EMPTY,
                1_000,
                900,
                2,
                "cd".repeat(32),
                100,
                List.of("ef".repeat(32)));
    }
}
