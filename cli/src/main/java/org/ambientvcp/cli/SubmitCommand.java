package org.ambientvcp.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Submits a task and does not wait.
@Command(
        name = "submit",
        description = "Submit a task and print its id; follow it with `vcp status ID`.",
        mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final TaskOptions task = new TaskOptions();

    @Override
    public Integer call() {
        var client = gateway.client();
        var submitted = client.post("/v1/tasks", task.request(client));
        if (output.isJson()) output.json(submitted);
        else output.out().println(submitted.path("taskId").asText());
        return ExitCode.OK;
    }
}
