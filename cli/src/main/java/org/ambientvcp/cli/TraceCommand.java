package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.gateway.json.WasmValueText;
import org.ambientvcp.runner.TaskRunner;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Entry;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.ModuleCache;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.Tracer;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.ValueType;
import org.ambientvcp.wasm.WasmEngine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a program on this machine, instruction by instruction, and shows how it came to its end.
@Command(
        name = "trace",
        description = {
            "Run a program here, instruction by instruction, and print the last ones: how it came to trap, or to end.",
            "MODULE is a .wasm file; with --task it is left out, and a finished task is run again."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: vcp trace examples/primes/primes.wasm --function count_primes --arg i32:10"})
final class TraceCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "MODULE", arity = "0..1", description = "A .wasm file.")
    private @Nullable Path module;

    @Option(names = "--task", paramLabel = "ID", description = "Run this finished task again; needs the gateway.")
    private @Nullable String taskId;

    @Option(
            names = {"-f", "--function"},
            paramLabel = "NAME",
            description = "Exported function to call.")
    private @Nullable String function;

    @Option(names = "--wasi", description = "Run the module as a WASI program.")
    private boolean wasi;

    @Option(
            names = {"-a", "--arg"},
            paramLabel = "ARG",
            description = "Argument: i32:5, i64:-1, f32:1.5, f64:2 for a function; a word for --wasi. Repeatable.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "Input of the program; - is standard input.")
    private @Nullable String input;

    @Option(
            names = "--gas",
            paramLabel = "N",
            defaultValue = "10000000000",
            description = "Gas limit. Default: ${DEFAULT-VALUE}")
    private long gas;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "Instructions to show, 1-1048576. Default: ${DEFAULT-VALUE}")
    private int last;

    @Override
    public Integer call() {
        try {
            var trace = taskId != null ? ofTask(taskId) : ofModule();
            if (output.isJson()) output.json(json(trace));
            else print(trace);
            return trace.execution().reason() == null ? ExitCode.OK : ExitCode.FAILED;
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, "Cannot trace: " + wrong.getMessage());
        }
    }

    private Tracer.Trace ofTask(String id) {
        if (module != null) throw new CommandFailure(ExitCode.USAGE, "Give a module or --task, not both.");
        var client = gateway.client();
        var evidence = TaskEvidence.of(client.get("/v1/tasks/" + GatewayClient.escape(id) + "/evidence"));
        var task = evidence.job().getTask();
        var runner = new TaskRunner(client.blobs(), new ModuleCache(0), new WasmEngine(System::nanoTime));
        var tracer = new Tracer(client.blobs().get(task.getModuleSha256()), System::nanoTime);
        return tracer.lastSteps(runner.invocation(task), last);
    }

    private Tracer.Trace ofModule() {
        if (module == null) throw new CommandFailure(ExitCode.USAGE, "Give a .wasm file, or --task ID.");
        if ((function == null) == !wasi)
            throw new CommandFailure(ExitCode.USAGE, "Say how to run it: --function NAME or --wasi.");
        var standard = RunLimits.DEFAULT;
        var limits = new RunLimits(standard.memoryPages(), gas, standard.wallMillis(), standard.outputBytes());
        var bytes = input == null ? new byte[0] : read(input);
        var seed = Bytes.of(new byte[Invocation.SEED_BYTES]);
        return new Tracer(read(module.toString()), System::nanoTime)
                .lastSteps(new Invocation(entry(), Bytes.of(bytes), limits, 0, seed), last);
    }

    private Entry entry() {
        if (function == null) return new Entry.Program(arguments);
        return new Entry.Call(
                function,
                arguments.stream()
                        .map(WasmValueText::parse)
                        .map(TraceCommand::value)
                        .toList());
    }

    private static Value value(WasmValue value) {
        return new Value(ValueType.valueOf(value.getType().name()), value.getBits());
    }

    private void print(Tracer.Trace trace) {
        var out = output.out();
        var execution = trace.execution();
        trace.lines().forEach(out::println);
        if (!trace.callStack().isEmpty()) {
            out.println("in");
            trace.callStack().forEach(call -> out.println("  " + call));
        }
        out.println(execution.outcome() + (execution.reason() == null ? "" : ": " + execution.reason()) + " after "
                + Units.count(trace.steps()) + " instructions, " + Units.count(execution.gasUsed()) + " gas");
    }

    private static JsonNode json(Tracer.Trace trace) {
        var json = GatewayClient.JSON.createObjectNode();
        json.put("outcome", trace.execution().outcome().name())
                .put("reason", trace.execution().reason())
                .put("steps", trace.steps())
                .put("gasUsed", trace.execution().gasUsed());
        trace.lines().forEach(json.putArray("lines")::add);
        trace.callStack().forEach(json.putArray("callStack")::add);
        return json;
    }

    private static byte[] read(String file) {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, "Cannot read " + file + ": " + unreadable.getMessage());
        }
    }
}
