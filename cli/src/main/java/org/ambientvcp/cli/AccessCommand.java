package org.ambientvcp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.ambientvcp.schemas.BrokerAccess;
import org.ambientvcp.schemas.BrokerAccessAdmin;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Kafka users and access lists.
@Command(
        name = "access",
        description = "What each service may do on brokers with users; `access apply` makes it so.",
        mixinStandardHelpOptions = true,
        subcommands = AccessCommand.Apply.class)
final class AccessCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (output.isJson()) {
            var grants = GatewayClient.JSON.createArrayNode();
            for (var grant : BrokerAccess.all()) {
                var object = grants.addObject()
                        .put("user", grant.user())
                        .put("resource", grant.resource().name())
                        .put("pattern", grant.pattern().name())
                        .put("name", grant.name());
                var operations = object.putArray("operations");
                grant.operations().stream().map(Enum::name).sorted().forEach(operations::add);
            }
            output.json(grants);
            return ExitCode.OK;
        }
        var table = new Table("USER", "RESOURCE", "NAME", "OPERATIONS");
        for (var grant : BrokerAccess.all())
            table.row(
                    grant.user(),
                    grant.resource().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    grant.label(),
                    grant.operations().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")));
        table.print(output.out());
        return ExitCode.OK;
    }

    @Command(
            name = "apply",
            description = {
                "Make the brokers' access lists of our users equal to the table, and set passwords (SCRAM-SHA-512).",
                "Connects as a super user of the brokers: VCP_KAFKA_… or VCP_CLIENT_PROPERTIES_FILE say how."
            },
            mixinStandardHelpOptions = true)
    static final class Apply implements Callable<Integer> {
        @Mixin
        private final BrokerOptions broker = new BrokerOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Option(
                names = "--passwords",
                required = true,
                paramLabel = "DIR",
                description = "A file for each user to set a password for, named like the user, with the password.")
        private Path passwords = Path.of("");

        @Override
        public Integer call() throws InterruptedException {
            try (var admin = KafkaConnection.adminFrom(new Settings(broker.environment()))) {
                var changes = BrokerAccessAdmin.apply(admin, read(passwords));
                output.out()
                        .println(changes.users() + " passwords set, " + changes.added() + " access lists added, "
                                + changes.removed() + " removed");
                return ExitCode.OK;
            } catch (IOException | IllegalArgumentException wrong) {
                throw new CommandFailure(ExitCode.USAGE, "--passwords: " + wrong.getMessage());
            } catch (ExecutionException refused) {
                throw new CommandFailure(ExitCode.UNAVAILABLE, "The brokers refused: " + refused.getMessage());
            }
        }

        private static Map<String, String> read(Path directory) throws IOException {
            var passwords = new LinkedHashMap<String, String>();
            for (var user : BrokerAccess.users()) {
                var file = directory.resolve(user);
                if (!Files.exists(file)) continue;
                var password = Files.readString(file).strip();
                if (password.length() < 12)
                    throw new IllegalArgumentException("password is shorter than 12 characters: " + file);
                passwords.put(user, password);
            }
            if (passwords.isEmpty())
                throw new IllegalArgumentException(
                        "no file named like a user (" + BrokerAccess.users() + ") in " + directory);
            return passwords;
        }
    }
}
