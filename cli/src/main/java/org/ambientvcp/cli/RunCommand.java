package org.ambientvcp.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Submits a task and waits for its result.
@Command(
        name = "run",
        description = "Run a program: submit it, wait, print the result and its evidence.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: vcp run examples/primes/primes.wasm --function count_primes --arg i32:100000",
            "Example: vcp run examples/sort/sort.wasm --wasi --arg -n --input numbers.txt --verify quorum"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final TaskOptions task = new TaskOptions();

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait for the end; with --no-wait print the task's id at once. Default: ${DEFAULT-VALUE}")
    private boolean wait;

    @Option(
            names = "--wait-seconds",
            paramLabel = "S",
            defaultValue = "300",
            description = "Give up waiting (not the task) after this. Default: ${DEFAULT-VALUE}")
    private int waitSeconds;

    @Override
    public Integer call() {
        var client = gateway.client();
        var taskId =
                client.post("/v1/tasks", task.request(client)).path("taskId").asText();
        if (!wait) {
            output.out().println(taskId);
            return ExitCode.OK;
        }
        output.err().println("task " + taskId + " submitted");
        output.err().flush();
        var status = TaskWait.untilEnd(client, taskId, Duration.ofSeconds(waitSeconds), output.err());
        if (output.isJson()) output.json(status);
        else TaskReport.print(status, output.out());
        return status.path("state").asText().equals("ACCEPTED") ? ExitCode.OK : ExitCode.FAILED;
    }
}
