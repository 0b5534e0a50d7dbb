package org.ambientvcp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.worker.WorkerApp;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// This machine as a node.
@Command(
        name = "node",
        description = "This machine as a node.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(start | id)",
        subcommands = {NodeCommand.Start.class, NodeCommand.Id.class})
final class NodeCommand {

    @Command(
            name = "id",
            description = {
                "Print the id of the key in a file, as node.key in VCP_DATA_DIR of a node or a verifier.",
                "Makes the key, readable by its owner only, if there is none."
            },
            mixinStandardHelpOptions = true)
    static final class Id implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "The secret key.")
        private Path file = Path.of("");

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
        private CommandSpec command;

        @Override
        public Integer call() {
            try {
                command.commandLine()
                        .getOut()
                        .println(Identity.loadOrCreate(file, new SecureRandom()).id());
                return ExitCode.OK;
            } catch (IOException | IllegalArgumentException refused) {
                throw new CommandFailure(ExitCode.USAGE, "No key: " + refused.getMessage());
            }
        }
    }

    @Command(
            name = "start",
            description = {
                "Join a cluster as a node: take assignments, run them in the sandbox, publish signed results.",
                "Every option can be set by its VCP_ variable instead; see docs/configuration.md."
            },
            mixinStandardHelpOptions = true)
    static final class Start implements Callable<Integer> {
        @Mixin
        private final BrokerOptions broker = new BrokerOptions();

        @Option(names = "--name", paramLabel = "NAME", description = "For people. (VCP_NODE_NAME)")
        private @Nullable String name;

        @Option(names = "--owner", paramLabel = "WORD", description = "Who operates the node. (VCP_OWNER)")
        private @Nullable String owner;

        @Option(names = "--region", paramLabel = "WORD", description = "(VCP_REGION)")
        private @Nullable String region;

        @Option(names = "--slots", paramLabel = "N", description = "Tasks at once. (VCP_PARALLEL_TASKS)")
        private @Nullable Integer slots;

        @Option(names = "--cell", paramLabel = "N", description = "(VCP_CELL)")
        private @Nullable Integer cell;

        @Option(names = "--capability", paramLabel = "WORD", description = "Repeatable. (VCP_CAPABILITIES)")
        private List<String> capabilities = List.of();

        @Option(names = "--node-dir", paramLabel = "DIR", description = "Key and epoch of the node. (VCP_DATA_DIR)")
        private @Nullable String directory;

        @Override
        public Integer call() {
            var environment = broker.environment();
            environment.putIfAbsent("VCP_HTTP_PORT", "0");
            if (name != null) environment.put("VCP_NODE_NAME", name);
            if (owner != null) environment.put("VCP_OWNER", owner);
            if (region != null) environment.put("VCP_REGION", region);
            if (slots != null) environment.put("VCP_PARALLEL_TASKS", slots.toString());
            if (cell != null) environment.put("VCP_CELL", cell.toString());
            if (!capabilities.isEmpty()) environment.put("VCP_CAPABILITIES", String.join(",", capabilities));
            if (directory != null) environment.put("VCP_DATA_DIR", directory);
            WorkerApp.run(environment);
            return ExitCode.OK;
        }
    }
}
