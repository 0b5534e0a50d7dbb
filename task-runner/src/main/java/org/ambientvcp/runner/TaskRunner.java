package org.ambientvcp.runner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.ambientvcp.blob.BlobException;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.schemas.Sha256;
import org.ambientvcp.schemas.TaskCheck;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Entry;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.ValueType;
import org.ambientvcp.wasm.WasmEngine;

/// Runs tasks: fetches module and input by their hashes, runs the module in the sandbox. Thread-safe.
///
/// All a program can learn comes from its task: its clock shows the time of submission, its randomness is
/// derived from the task's id. So whoever runs the task gets the same [TaskRun].
public final class TaskRunner {
    private static final String SEED = "vcp/seed/v1";

    private final BlobStore blobs;
    private final ModuleCache modules;
    private final WasmEngine engine;

    public TaskRunner(BlobStore blobs, ModuleCache modules, WasmEngine engine) {
        this.blobs = blobs;
        this.modules = modules;
        this.engine = engine;
    }

    /// Runs a task to an outcome, whatever the task is; what is this node's fault is NODE_FAILED. An
    /// interrupt of the calling thread ends the run as NODE_FAILED and stays set.
    public TaskRun run(Task task) {
        var problems = TaskCheck.problems(task);
        if (!problems.isEmpty()) return TaskRun.nodeFailed("not a valid task: " + problems.getFirst());
        try {
            var module = modules.get(task.getModuleSha256(), () -> blobs.get(task.getModuleSha256()));
            return report(engine.run(module, invocation(task)));
        } catch (BlobException unavailable) {
            return TaskRun.nodeFailed("blob unavailable: " + unavailable.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return TaskRun.nodeFailed("interrupted");
        }
    }

    /// What a task asks the engine to run.
    ///
    /// @param task valid by [TaskCheck]
    /// @throws BlobException if its input cannot be fetched
    public Invocation invocation(Task task) {
        return new Invocation(
                entry(task.getEntry()),
                Bytes.of(input(task.getInput())),
                limits(task.getLimits()),
                Math.clamp(task.getSubmittedAtEpochMillis(), 0, 1L << 43),
                Bytes.of(seed(task.getTaskId())));
    }

    private static Entry entry(Object entry) {
        return switch (entry) {
            case FunctionEntry call ->
                new Entry.Call(
                        call.getFunction(),
                        call.getArguments().stream().map(TaskRunner::value).toList());
            case WasiEntry program -> new Entry.Program(program.getArguments());
            default -> throw new IllegalStateException("not an entry: " + entry.getClass()); // TaskCheck let it pass
        };
    }

    private byte[] input(Object input) {
        return switch (input) {
            case null -> new byte[0];
            case InlineBytes inline -> org.ambientvcp.schemas.Bytes.of(inline.getBytes());
            case BlobRef blob -> blobs.get(blob.getSha256());
            default -> throw new IllegalStateException("not an input: " + input.getClass()); // TaskCheck let it pass
        };
    }

    private static RunLimits limits(Limits limits) {
        return new RunLimits(limits.getMemoryPages(), limits.getGas(), limits.getWallMillis(), limits.getOutputBytes());
    }

    private static byte[] seed(String taskId) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(SEED.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return digest.digest(taskId.getBytes(StandardCharsets.UTF_8));
    }

    private static TaskRun report(Execution execution) {
        return new TaskRun(
                outcome(execution.outcome()),
                execution.exitCode(),
                execution.reason(),
                values(execution.values()),
                execution.output(),
                execution.stderr(),
                execution.gasUsed(),
                execution.instructions(),
                execution.peakMemoryPages(),
                execution.traceDigest(),
                execution.checkpointGas(),
                execution.checkpoints());
    }

    private static Outcome outcome(org.ambientvcp.wasm.Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> Outcome.COMPLETED;
            case TRAPPED -> Outcome.TRAPPED;
            case OUT_OF_GAS -> Outcome.OUT_OF_GAS;
            case LIMIT_EXCEEDED -> Outcome.LIMIT_EXCEEDED;
            case INVALID_MODULE -> Outcome.INVALID_MODULE;
            case DEADLINE, NODE_FAILED -> Outcome.NODE_FAILED;
        };
    }

    private static Value value(WasmValue value) {
        return new Value(
                switch (value.getType()) {
                    case I32 -> ValueType.I32;
                    case I64 -> ValueType.I64;
                    case F32 -> ValueType.F32;
                    case F64 -> ValueType.F64;
                },
                value.getBits());
    }

    private static List<WasmValue> values(List<Value> values) {
        return values.stream()
                .map(value -> new WasmValue(
                        switch (value.type()) {
                            case I32 -> WasmType.I32;
                            case I64 -> WasmType.I64;
                            case F32 -> WasmType.F32;
                            case F64 -> WasmType.F64;
                        },
                        value.bits()))
                .toList();
    }
}
