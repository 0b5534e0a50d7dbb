package org.ambientvcp.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Balances and transfers.
@Command(
        name = "ledger",
        description = "Balances of all accounts (they sum to zero), or the transfers of one.",
        mixinStandardHelpOptions = true,
        subcommands = LedgerCommand.Grant.class)
final class LedgerCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(arity = "0..1", paramLabel = "ACCOUNT", description = "tenant:T, escrow:T, node:ID, treasury or mint.")
    private @Nullable String account;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Transfers. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Override
    public Integer call() {
        return account == null ? balances() : entries(account);
    }

    private int balances() {
        var accounts = gateway.client().get("/v1/ledger/accounts");
        if (output.isJson()) {
            output.json(accounts);
            return ExitCode.OK;
        }
        var table = new Table("ACCOUNT", "BALANCE");
        var sum = 0L;
        for (var balance : accounts.path("accounts")) {
            sum += balance.path("balanceMicros").asLong();
            table.row(
                    balance.path("account").asText(),
                    Units.money(balance.path("balanceMicros").asLong()));
        }
        table.row("sum", Units.money(sum));
        table.print(output.out());
        return ExitCode.OK;
    }

    private int entries(String name) {
        var entries =
                gateway.client().get("/v1/ledger/entries?account=" + GatewayClient.escape(name) + "&limit=" + limit);
        if (output.isJson()) {
            output.json(entries);
            return ExitCode.OK;
        }
        var table = new Table("TIME", "KIND", "AMOUNT", "WITH", "TASK");
        for (var entry : entries.path("entries"))
            table.row(
                    Units.time(entry.path("atEpochMillis").asLong()),
                    entry.path("kind").asText().toLowerCase(Locale.ROOT),
                    Units.money(entry.path("amountMicros").asLong()),
                    entry.path("counterAccount").asText(),
                    entry.path("taskId").asText("–"));
        table.print(output.out());
        return ExitCode.OK;
    }

    @Command(
            name = "grant",
            description = "Put money from the mint into an account. Needs an admin's key.",
            mixinStandardHelpOptions = true)
    static final class Grant implements Callable<Integer> {
        @Mixin
        private final GatewayOptions gateway = new GatewayOptions();

        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "tenant:T, node:ID or treasury.")
        private String account = "";

        @Parameters(index = "1", paramLabel = "MICROS", description = "Micro-units, above 0.")
        private long amountMicros;

        @Option(
                names = "--id",
                required = true,
                paramLabel = "ID",
                description = "A grant that is repeated under its id is the same grant.")
        private String id = "";

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
        private CommandSpec command;

        @Override
        public Integer call() {
            var grant = GatewayClient.JSON
                    .createObjectNode()
                    .put("grantId", id)
                    .put("account", account)
                    .put("amountMicros", amountMicros);
            gateway.client().post("/v1/ledger/grants", grant);
            command.commandLine().getOut().println(Units.money(amountMicros) + " to " + account);
            return ExitCode.OK;
        }
    }
}
