package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists nodes.
@Command(
        name = "nodes",
        description = "Nodes with health, circuit breaker, reputation and power.",
        mixinStandardHelpOptions = true)
final class NodesCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var nodes = gateway.client().get("/v1/nodes");
        if (output.isJson()) {
            output.json(nodes);
            return ExitCode.OK;
        }
        var table = new Table(
                "NAME",
                "ROLE",
                "SCORE",
                "BREAKER",
                "LATENCY",
                "TEMP",
                "POWER",
                "BUSY",
                "ACCEPTED",
                "FAILED",
                "DISPUTES",
                "REGION",
                "NODE");
        for (var node : nodes.path("nodes")) {
            var health = node.path("health");
            var registration = node.path("registration");
            var reputation = node.path("reputation");
            table.row(
                    registration.path("name").asText(),
                    registration.path("role").asText().toLowerCase(Locale.ROOT),
                    health.isObject() ? Units.share(health.path("scorePpm").asLong()) : "–",
                    breaker(health),
                    health.hasNonNull("smoothedLatencyMicros")
                            ? Units.duration(
                                    health.path("smoothedLatencyMicros").asLong())
                            : "–",
                    health.hasNonNull("temperatureMilliCelsius")
                            ? String.format(
                                    Locale.ROOT,
                                    "%.1f °C",
                                    health.path("temperatureMilliCelsius").asInt() / 1e3)
                            : "–",
                    health.hasNonNull("powerMilliwatts")
                            ? String.format(
                                    Locale.ROOT,
                                    "%.1f W",
                                    health.path("powerMilliwatts").asInt() / 1e3)
                            : "–",
                    health.path("busySlots").asInt() + "/"
                            + registration.path("slots").asInt(),
                    reputation.path("accepted").asLong(),
                    reputation.path("failed").asLong(),
                    reputation.path("disputes").asLong(),
                    registration.path("region").asText(),
                    node.path("nodeId").asText());
        }
        table.print(output.out());
        return ExitCode.OK;
    }

    private static String breaker(JsonNode health) {
        if (!health.isObject()) return "–";
        var state = health.path("breaker").asText().toLowerCase(Locale.ROOT).replace('_', '-');
        return health.hasNonNull("breakerReason")
                ? state + " (" + health.path("breakerReason").asText() + ")"
                : state;
    }
}
