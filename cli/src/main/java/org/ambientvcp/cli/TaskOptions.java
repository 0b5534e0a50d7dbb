package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.ambientvcp.schemas.Sha256;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a task is, on the command line.
final class TaskOptions {
    private static final int MAX_INLINE_BYTES = 16 * 1024;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern QUORUM = Pattern.compile("quorum(?::(\\d+)/(\\d+))?");

    @Parameters(paramLabel = "MODULE", description = "A .wasm file, or the SHA-256 of a module that was pushed.")
    private String module = "";

    @Option(
            names = {"-f", "--function"},
            paramLabel = "NAME",
            description = "Exported function to call.")
    private @Nullable String function;

    @Option(names = "--wasi", description = "Run the module as a WASI program: input on stdin, output on stdout.")
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
            names = "--verify",
            paramLabel = "LEVEL",
            defaultValue = "spot-check",
            description = "signed, spot-check, or quorum[:REPLICAS/QUORUM]. Default: ${DEFAULT-VALUE}; quorum is 3/2.")
    private String verify = "spot-check";

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "weighted, round-robin, least-loaded, latency-aware.")
    private @Nullable String strategy;

    @Option(names = "--priority", paramLabel = "0-4", description = "4 first. Default: 2")
    private @Nullable Integer priority;

    @Option(
            names = "--reward",
            paramLabel = "MICROS",
            defaultValue = "1000",
            description = "Micro-units paid for an accepted result. Default: ${DEFAULT-VALUE}")
    private long rewardMicros;

    @Option(names = "--region", paramLabel = "NAME", description = "Only nodes of this region.")
    private @Nullable String region;

    @Option(names = "--node-type", paramLabel = "TYPE", description = "server, workstation, edge, mobile or browser.")
    private @Nullable String nodeType;

    @Option(names = "--capability", paramLabel = "WORD", description = "Only nodes that have it. Repeatable.")
    private List<String> capabilities = new ArrayList<>();

    @Option(names = "--min-health", paramLabel = "PPM", description = "Only nodes with at least this score.")
    private @Nullable Integer minimumHealthPpm;

    @Option(names = "--gas", paramLabel = "N", description = "Gas limit. Default: 10,000,000,000")
    private @Nullable Long gas;

    @Option(names = "--memory-pages", paramLabel = "N", description = "64 KiB pages. Default: 8192")
    private @Nullable Integer memoryPages;

    @Option(names = "--timeout-millis", paramLabel = "MS", description = "Time on a node. Default: 30000")
    private @Nullable Integer wallMillis;

    @Option(names = "--max-attempts", paramLabel = "N", description = "Default: 3")
    private @Nullable Integer maxAttempts;

    @Option(names = "--id", paramLabel = "ID", description = "Task id, the idempotency key. Default: a new one.")
    private @Nullable String taskId;

    /// Uploads what the gateway does not have and returns the request body.
    ObjectNode request(GatewayClient gateway) {
        if ((function == null) == !wasi)
            throw new CommandFailure(ExitCode.USAGE, "Say how to run it: --function NAME or --wasi.");
        var task = GatewayClient.JSON.createObjectNode();
        if (taskId != null) task.put("taskId", taskId);
        task.put("moduleSha256", module(gateway));
        var entry = task.putObject("entry");
        if (function != null) {
            entry.put("function", function);
            var values = entry.putArray("arguments");
            arguments.forEach(values::add);
        } else {
            var words = entry.putArray("wasi");
            arguments.forEach(words::add);
        }
        if (input != null) input(gateway, task.putObject("input"), read(input));
        limits(task);
        requirements(task);
        verification(task.putObject("verification"));
        if (strategy != null) task.put("strategy", enumName(strategy));
        if (priority != null) task.put("priority", priority);
        if (maxAttempts != null) task.put("maxAttempts", maxAttempts);
        task.put("rewardMicros", rewardMicros);
        return task;
    }

    private String module(GatewayClient gateway) {
        if (SHA256.matcher(module).matches() && !Files.exists(Path.of(module))) return module;
        return push(gateway, Path.of(module)).path("sha256").asText();
    }

    static JsonNode push(GatewayClient gateway, Path file) {
        var name = file.getFileName() == null ? "module" : file.getFileName().toString();
        return gateway.post(
                "/v1/modules?name=" + GatewayClient.escape(name), "application/wasm", read(file.toString()));
    }

    private static void input(GatewayClient gateway, ObjectNode input, byte[] bytes) {
        if (bytes.length <= MAX_INLINE_BYTES) {
            input.put("base64", Base64.getEncoder().encodeToString(bytes));
            return;
        }
        var sha256 = Sha256.hex(bytes);
        gateway.put("/v1/blobs/" + sha256, bytes);
        input.put("sha256", sha256);
        input.put("sizeBytes", bytes.length);
    }

    private void limits(ObjectNode task) {
        if (gas == null && memoryPages == null && wallMillis == null) return;
        var limits = task.putObject("limits");
        if (gas != null) limits.put("gas", gas);
        if (memoryPages != null) limits.put("memoryPages", memoryPages);
        if (wallMillis != null) limits.put("wallMillis", wallMillis);
    }

    private void requirements(ObjectNode task) {
        var requirements = task.putObject("requirements");
        if (region != null) requirements.put("region", region);
        if (nodeType != null) requirements.put("nodeType", enumName(nodeType));
        if (minimumHealthPpm != null) requirements.put("minimumHealthPpm", minimumHealthPpm);
        if (!capabilities.isEmpty()) {
            var words = requirements.putArray("capabilities");
            capabilities.stream().sorted().forEach(words::add);
        }
    }

    private void verification(ObjectNode verification) {
        var quorum = QUORUM.matcher(verify);
        if (quorum.matches()) {
            verification.put("level", "QUORUM");
            verification.put("replicas", quorum.group(1) == null ? 3 : Integer.parseInt(quorum.group(1)));
            verification.put("quorum", quorum.group(2) == null ? 2 : Integer.parseInt(quorum.group(2)));
            return;
        }
        switch (verify) {
            case "signed", "spot-check" -> verification.put("level", enumName(verify));
            default ->
                throw new CommandFailure(
                        ExitCode.USAGE, "--verify is not signed, spot-check or quorum[:REPLICAS/QUORUM]: " + verify);
        }
    }

    private static String enumName(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static byte[] read(String file) {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, "Cannot read " + file + ": " + unreadable.getMessage());
        }
    }
}
