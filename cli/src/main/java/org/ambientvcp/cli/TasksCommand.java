package org.ambientvcp.cli;

import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists tasks.
@Command(name = "tasks", description = "The latest tasks.", mixinStandardHelpOptions = true)
final class TasksCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--state", paramLabel = "STATE", description = "queued, leased, verifying, accepted, failed, …")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
    private int limit;

    @Override
    public Integer call() {
        var path = "/v1/tasks?limit=" + limit
                + (state == null ? "" : "&state=" + GatewayClient.escape(state.toUpperCase(Locale.ROOT)));
        var tasks = gateway.client().get(path);
        if (output.isJson()) {
            output.json(tasks);
            return ExitCode.OK;
        }
        var table = new Table("TASK", "STATE", "NODE", "LEVEL", "OUTCOME", "GAS", "UPDATED", "REASON");
        for (var task : tasks.path("tasks")) {
            var nodes = new TreeSet<String>();
            task.path("replicas")
                    .forEach(replica -> nodes.add(replica.path("nodeName").asText()));
            table.row(
                    task.path("taskId").asText(),
                    task.path("state").asText().toLowerCase(Locale.ROOT),
                    nodes.isEmpty() ? "–" : String.join(",", nodes),
                    task.path("level").asText().toLowerCase(Locale.ROOT).replace('_', '-'),
                    task.path("result").path("outcome").asText("–").toLowerCase(Locale.ROOT),
                    Units.count(task.path("result").path("gasUsed").asLong()),
                    Units.time(task.path("updatedAtEpochMillis").asLong()),
                    task.path("reason").asText(""));
        }
        table.print(output.out());
        return ExitCode.OK;
    }
}
