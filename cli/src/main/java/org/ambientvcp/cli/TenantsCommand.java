package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Tenants and their quotas.
@Command(
        name = "tenants",
        description = "Tenants: tasks in flight, quota, money; `tenants quota` sets a quota.",
        mixinStandardHelpOptions = true,
        subcommands = TenantsCommand.Quota.class)
final class TenantsCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var tenants = gateway.client().get("/v1/tenants");
        if (output.isJson()) {
            output.json(tenants);
            return ExitCode.OK;
        }
        var table = new Table("TENANT", "IN FLIGHT", "QUOTA", "BALANCE", "HELD");
        for (var tenant : tenants.path("tenants"))
            table.row(
                    tenant.path("tenant").asText(),
                    number(tenant.path("tasksInFlight")),
                    number(tenant.path("maxTasksInFlight")),
                    Units.money(tenant.path("balanceMicros").asLong()),
                    Units.money(tenant.path("heldMicros").asLong()));
        table.print(output.out());
        return ExitCode.OK;
    }

    private static String number(JsonNode number) {
        return number.isNumber() ? number.asText() : "–";
    }

    @Command(
            name = "quota",
            description = "Set how many tasks a tenant may have in flight; 0 stops it.",
            mixinStandardHelpOptions = true)
    static final class Quota implements Callable<Integer> {
        @Mixin
        private final GatewayOptions gateway = new GatewayOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Parameters(index = "0", paramLabel = "TENANT", description = "Whose.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "N", description = "Tasks in flight, 0–1000000.")
        private int most;

        @Override
        public Integer call() {
            var body = GatewayClient.JSON.createObjectNode().put("maxTasksInFlight", most);
            var answer = gateway.client().put("/v1/tenants/" + GatewayClient.escape(tenant) + "/quota", body);
            if (output.isJson()) output.json(answer);
            else output.out().println("quota of " + tenant + ": " + most + " tasks in flight");
            return ExitCode.OK;
        }
    }
}
