package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scheduling cells, and how their nodes are moved.
@Command(
        name = "cells",
        description = "Cells with live nodes, slots and queues; `cells move` and `cells split` move nodes.",
        mixinStandardHelpOptions = true,
        subcommands = {CellsCommand.Move.class, CellsCommand.Split.class})
final class CellsCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var cells = gateway.client().get("/v1/cells");
        if (output.isJson()) {
            output.json(cells);
            return ExitCode.OK;
        }
        var table = new Table("CELL", "NODES", "MOVING", "FREE SLOTS", "QUEUED", "LEASED", "QUEUE LIMIT");
        for (var cell : cells.path("cells"))
            table.row(
                    cell.path("cell").asInt(),
                    cell.path("liveNodes").asInt(),
                    cell.path("movingNodes").asInt(),
                    cell.path("freeSlots").asInt(),
                    cell.path("queuedTasks").asInt(),
                    cell.path("leasedTasks").asInt(),
                    cell.path("maxQueuedTasks").asInt());
        table.print(output.out());
        return ExitCode.OK;
    }

    /// What moves have in common: how long leases may go on, and whether to wait.
    private static final class MoveOptions {
        private static final Duration POLL = Duration.ofMillis(250);

        @Option(
                names = "--drain-seconds",
                paramLabel = "S",
                defaultValue = "0",
                description = "Revoke leases that are still held after S seconds; 0: let them end. Default: 0")
        private int drainSeconds;

        @Option(names = "--no-wait", description = "Do not wait until the nodes are there.")
        private boolean noWait;

        @Option(
                names = "--timeout",
                paramLabel = "S",
                defaultValue = "600",
                description = "Give up waiting after S seconds; the move goes on. Default: ${DEFAULT-VALUE}")
        private int timeoutSeconds;

        private ObjectNode order(int toCell) {
            return GatewayClient.JSON
                    .createObjectNode()
                    .put("toCell", toCell)
                    .put("drainMillis", Math.multiplyExact(drainSeconds, 1_000));
        }

        /// Says what is left until nothing is.
        ///
        /// @param left what is left, in words; null = nothing
        private int await(OutputOptions output, String done, Callable<@Nullable String> left) throws Exception {
            var deadline =
                    System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
            for (String said = ""; !noWait; ) {
                var now = left.call();
                if (now == null) {
                    output.err().println(done);
                    return ExitCode.OK;
                }
                if (!now.equals(said)) output.err().println(now);
                said = now;
                if (System.nanoTime() > deadline)
                    throw new CommandFailure(ExitCode.FAILED, "Not done after " + timeoutSeconds + " s: " + now);
                Thread.sleep(POLL);
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "move",
            description =
                    "Move a node to another cell, while it works: it gets no new leases, and goes when it has none.",
            mixinStandardHelpOptions = true)
    static final class Move implements Callable<Integer> {
        @Mixin
        private final GatewayOptions gateway = new GatewayOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Mixin
        private final MoveOptions options = new MoveOptions();

        @Parameters(paramLabel = "NODE", description = "Node id, or a name that only one node has.")
        private String node = "";

        @Option(names = "--to", required = true, paramLabel = "CELL", description = "The cell's number.")
        private int toCell;

        @Override
        public Integer call() throws Exception {
            var client = gateway.client();
            var nodeId = nodeId(client);
            var answer = client.post("/v1/nodes/" + nodeId + "/move", options.order(toCell));
            if (output.isJson()) output.json(answer);
            return options.await(output, node + " is in cell " + toCell, () -> {
                var cell = client.get("/v1/nodes/" + nodeId)
                        .path("health")
                        .path("cell")
                        .asInt();
                return cell == toCell ? null : node + " still works for cell " + cell;
            });
        }

        private String nodeId(GatewayClient client) {
            if (client.find("/v1/nodes/" + GatewayClient.escape(node)).isPresent()) return GatewayClient.escape(node);
            String found = null;
            for (JsonNode candidate : client.get("/v1/nodes").path("nodes")) {
                if (!candidate.path("registration").path("name").asText().equals(node)) continue;
                if (found != null)
                    throw new CommandFailure(
                            ExitCode.USAGE, "Several nodes are called " + node + "; name one by its id.");
                found = candidate.path("nodeId").asText();
            }
            if (found == null) throw new CommandFailure(ExitCode.FAILED, "There is no node " + node + ".");
            return found;
        }
    }

    @Command(
            name = "split",
            description = "Move every second live node of a cell to another one, while they work.",
            mixinStandardHelpOptions = true)
    static final class Split implements Callable<Integer> {
        @Mixin
        private final GatewayOptions gateway = new GatewayOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Mixin
        private final MoveOptions options = new MoveOptions();

        @Parameters(paramLabel = "CELL", description = "The cell to split.")
        private int cell;

        @Option(names = "--into", required = true, paramLabel = "CELL", description = "Where every second node goes.")
        private int into;

        @Option(names = "--region", paramLabel = "REGION", description = "Only nodes of this region.")
        private @Nullable String region;

        @Override
        public Integer call() throws Exception {
            var client = gateway.client();
            var order = options.order(into).put("region", region);
            var before = find(client, cell).path("version").asLong();
            var answer = client.post("/v1/cells/" + cell + "/split", order);
            if (output.isJson()) output.json(answer);
            return options.await(output, "cell " + cell + " is split into " + into, () -> {
                var now = find(client, cell);
                if (now.path("version").asLong() == before) return "cell " + cell + " has not seen the order yet";
                var moving = now.path("movingNodes").asInt();
                return moving == 0 ? null : moving + " nodes of cell " + cell + " still hold leases";
            });
        }

        private static JsonNode find(GatewayClient client, int number) {
            for (var cell : client.get("/v1/cells").path("cells"))
                if (cell.path("cell").asInt() == number) return cell;
            throw new CommandFailure(ExitCode.FAILED, "There is no cell " + number + ".");
        }
    }
}
