package org.ambientvcp.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Says everything about a task.
@Command(
        name = "status",
        description = "Where a task stands: its node and why that one, its result, its verdict.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "TASK", description = "Task id.")
    private String taskId = "";

    @Override
    public Integer call() {
        var status = gateway.client().get("/v1/tasks/" + GatewayClient.escape(taskId));
        if (output.isJson()) output.json(status);
        else TaskReport.print(status, output.out());
        return ExitCode.OK;
    }
}
