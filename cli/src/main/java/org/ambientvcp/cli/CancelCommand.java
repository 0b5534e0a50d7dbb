package org.ambientvcp.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Cancels a task.
@Command(
        name = "cancel",
        description = "Cancel a task that is not finished; its reward goes back.",
        mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "TASK", description = "Task id.")
    private String taskId = "";

    @Override
    public Integer call() {
        var answer = gateway.client().delete("/v1/tasks/" + GatewayClient.escape(taskId));
        if (output.isJson()) output.json(answer);
        else output.out().println("cancellation of " + taskId + " requested; see: vcp status " + taskId);
        return ExitCode.OK;
    }
}
