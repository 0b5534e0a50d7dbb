package org.ambientvcp.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.cli.GatewayClient;
import org.ambientvcp.cli.Units;

/// The end of the demo: what the nodes earned and lost.
final class Summary {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Summary() {}

    /// Prints the summary; how many of its checks do not hold.
    static int print(GatewayClient gateway, PrintWriter out) {
        var nodes = settled(gateway);
        var failures = 0;
        DemoCommand.say(out, "The nodes, each with a stake of 1 at the start:");
        for (var node : nodes.path("nodes")) {
            if (!node.path("registration").path("role").asText().equals("EXECUTOR")) continue;
            var name = node.path("registration").path("name").asText();
            var reputation = node.path("reputation");
            var balance =
                    balances(gateway).getOrDefault("node:" + node.path("nodeId").asText(), 0L);
            var accepted = reputation.path("accepted").asLong();
            var disputes = reputation.path("disputes").asLong();
            out.printf(
                    "  %-9s %d accepted, %d disputes, balance %s%s%n",
                    name,
                    accepted,
                    disputes,
                    Units.money(balance),
                    switch (name) {
                        case "mallory" -> "  (cheats: caught and slashed)";
                        case "ember" -> "  (hot: in safe mode, gets nothing)";
                        default -> "";
                    });
            failures += switch (name) {
                // QUORUM and SPOT_CHECK must each have caught it
                case "mallory" -> disputes >= 2 && balance < 1_000_000 && accepted == 0 ? 0 : 1;
                case "ember" -> accepted == 0 && balance == 1_000_000 ? 0 : 1;
                default -> disputes == 0 && balance >= 1_000_000 ? 0 : 1;
            };
        }
        var sum = balances(gateway).values().stream().mapToLong(Long::longValue).sum();
        DemoCommand.say(out, "  all accounts together: " + Units.money(sum));
        return failures + (sum == 0 ? 0 : 1);
    }

    /// The nodes once all money has moved: nothing is held any more and no transfer is under way.
    private static JsonNode settled(GatewayClient gateway) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var balances = balances(gateway);
            if (balances.getOrDefault("escrow:dev", 0L) == 0
                    && balances.values().stream().mapToLong(Long::longValue).sum() == 0) break;
            gateway.find("/v1/tasks/none?waitMillis=200");
        }
        return gateway.get("/v1/nodes");
    }

    private static Map<String, Long> balances(GatewayClient gateway) {
        var balances = new HashMap<String, Long>();
        for (var account : gateway.get("/v1/ledger/accounts").path("accounts"))
            balances.put(
                    account.path("account").asText(),
                    account.path("balanceMicros").asLong());
        return balances;
    }
}
