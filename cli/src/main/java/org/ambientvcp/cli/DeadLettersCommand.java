package org.ambientvcp.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists dead letters.
@Command(
        name = "dead-letters",
        description = "Records that were refused, with the reason.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}")
    private int limit;

    @Override
    public Integer call() {
        var letters = gateway.client().get("/v1/dead-letters?limit=" + limit);
        if (output.isJson()) {
            output.json(letters);
            return ExitCode.OK;
        }
        var table = new Table("ORIGIN", "CODE", "SERVICE", "REASON");
        for (var letter : letters.path("deadLetters"))
            table.row(
                    letter.path("originTopic").asText() + "-"
                            + letter.path("originPartition").asInt() + "@"
                            + letter.path("originOffset").asLong(),
                    letter.path("code").asText(),
                    letter.path("service").asText(),
                    letter.path("reason").asText());
        table.print(output.out());
        return ExitCode.OK;
    }
}
