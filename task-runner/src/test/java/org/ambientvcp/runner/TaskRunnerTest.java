package org.ambientvcp.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ambientvcp.blob.DirectoryBlobStore;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.AssignmentKind;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.WasmEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRunnerTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private DirectoryBlobStore blobs;

    @BeforeEach
    void openBlobStore() {
        blobs = new DirectoryBlobStore(folder);
    }

    @Test
    void hashesInlineInput() throws IOException {
        var task = task(
                "sha256/sha256.wasm", new FunctionEntry("digest", List.of()), new InlineBytes(ByteBuffer.wrap(ABC)));

        var run = runner().run(task);

        assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(new String(run.output().toArray(), StandardCharsets.UTF_8)).isEqualTo(Sha256.hex(ABC) + "\n");
        assertThat(run.gasUsed()).isPositive();
    }

    @Test
    void inputByNameIsTheSameAsInputByValue() throws IOException {
        var entry = new FunctionEntry("digest", List.of());
        var byValue = task("sha256/sha256.wasm", entry, new InlineBytes(ByteBuffer.wrap(ABC)));
        var byName = task("sha256/sha256.wasm", entry, new BlobRef(blobs.put(ABC), (long) ABC.length));

        assertThat(digest(byName)).isEqualTo(digest(byValue));
    }

    @Test
    void twoRunnersAgreeOnTheResultDigest() throws IOException {
        var task = task(
                "primes/primes.wasm",
                new FunctionEntry("count_primes", List.of(new WasmValue(WasmType.I32, 10_000L))),
                null);

        assertThat(runner().run(task).values()).containsExactly(new WasmValue(WasmType.I32, 1_229L));
        assertThat(digest(task)).isEqualTo(digest(task));
    }

    @Test
    void runsAnOrdinaryWasiProgram() throws IOException {
        var numbers = "10\n9\n-3\n".getBytes(StandardCharsets.UTF_8);
        var task = task("sort/sort.wasm", new WasiEntry(List.of("-n")), new InlineBytes(ByteBuffer.wrap(numbers)));

        var run = runner().run(task);

        assertThat(run.reason()).isNull();
        assertThat(new String(run.output().toArray(), StandardCharsets.UTF_8)).isEqualTo("-3\n9\n10\n");
    }

    @Test
    void missingModuleIsTheNodesFailure() throws IOException {
        var task = Task.newBuilder(task("primes/primes.wasm", new FunctionEntry("count_primes", List.of()), null))
                .setModuleSha256("0".repeat(64))
                .build();

        var run = runner().run(task);

        assertThat(run.outcome()).isEqualTo(Outcome.NODE_FAILED);
        assertThat(run.reason()).contains("0".repeat(64));
    }

    @Test
    void invalidTaskIsNotRun() throws IOException {
        var task = task("primes/primes.wasm", new FunctionEntry("count_primes", List.of()), null);
        var noGas = Task.newBuilder(task)
                .setLimits(Limits.newBuilder().setGas(0).build())
                .build();

        assertThat(runner().run(noGas).reason()).contains("limits.gas");
    }

    @Test
    void longOutputTravelsByName() throws IOException {
        var lines = "0123456789abcdef\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        var task = task("sort/sort.wasm", new WasiEntry(List.of()), new InlineBytes(ByteBuffer.wrap(lines)));

        var run = runner().run(task);
        var result = result(run, task);

        assertThat(run.outputGoesToBlobStore()).isTrue();
        assertThat(result.getOutput()).isEqualTo(new BlobRef(run.output().sha256(), (long) lines.length));
    }

    private String digest(Task task) {
        return ResultDigest.of(result(runner().run(task), task));
    }

    private static org.ambientvcp.events.TaskResult result(TaskRun run, Task task) {
        var lease = Assignment.newBuilder()
                .setKind(AssignmentKind.EXECUTE)
                .setCell(0)
                .setTaskId(task.getTaskId())
                .setNodeId("n" + "0".repeat(32))
                .setAttempt(1)
                .setLeaseEpoch(1)
                .setReplica(0)
                .setLeaseExpiresAtEpochMillis(0)
                .build();
        return run.result(lease, task.getModuleSha256(), new TaskRun.Cost(0, 1, 1, 1, EnergySource.MODEL), new byte[0]);
    }

    private TaskRunner runner() {
        return new TaskRunner(blobs, new ModuleCache(64 << 20), new WasmEngine(System::nanoTime));
    }

    private Task task(String module, Object entry, @Nullable Object input) throws IOException {
        return Task.newBuilder()
                .setTaskId("t1")
                .setTenant("dev")
                .setModuleSha256(blobs.put(Files.readAllBytes(EXAMPLES.resolve(module))))
                .setEntry(entry)
                .setInput(input)
                .setLimits(Limits.newBuilder().build())
                .setRequirements(Requirements.newBuilder().build())
                .setVerification(Verification.newBuilder()
                        .setLevel(VerificationLevel.SIGNED)
                        .build())
                .setRewardMicros(0)
                .setSubmittedAtEpochMillis(1_700_000_000_000L)
                .setSubmittedBy("test")
                .build();
    }
}
