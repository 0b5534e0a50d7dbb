package org.ambientvcp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ambientvcp.gateway.keys.ApiKeys;
import org.ambientvcp.gateway.keys.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// API keys of a gateway.
@Command(
        name = "key",
        description = "API keys of a gateway.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create",
        subcommands = KeyCommand.Create.class)
final class KeyCommand {

    @Command(
            name = "create",
            description = {
                "Add a key to the file that the gateway reads (VCP_API_KEYS_FILE) and print it.",
                "The file holds a salted hash only: the key cannot be shown again."
            },
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "Made, readable by its owner only, if there is none.")
        private Path file = Path.of("");

        @Option(names = "--id", required = true, paramLabel = "ID", description = "Name of the key.")
        private String id = "";

        @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "Whose tasks it submits.")
        private String tenant = "";

        @Option(names = "--role", paramLabel = "ROLE", description = "user, admin or node. Repeatable. Default: user")
        private Set<Role> roles = EnumSet.of(Role.USER);

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
        private CommandSpec command;

        @Override
        public Integer call() {
            try {
                command.commandLine().getOut().println(ApiKeys.create(file, id, tenant, roles, new SecureRandom()));
                return ExitCode.OK;
            } catch (IOException | IllegalArgumentException refused) {
                throw new CommandFailure(ExitCode.USAGE, "No key was made: " + refused.getMessage());
            }
        }
    }
}
