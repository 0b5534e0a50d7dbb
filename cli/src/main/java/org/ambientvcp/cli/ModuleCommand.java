package org.ambientvcp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Modules in the blob store.
@Command(
        name = "module",
        description = "WASM modules: push and list.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(push | list)",
        subcommands = {ModuleCommand.Push.class, ModuleCommand.ListAll.class})
final class ModuleCommand {

    @Command(
            name = "push",
            description = "Check a module and store it; prints its SHA-256.",
            mixinStandardHelpOptions = true)
    static final class Push implements Callable<Integer> {
        @Mixin
        private final GatewayOptions gateway = new GatewayOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Parameters(paramLabel = "FILE", description = "A .wasm file.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            var module = TaskOptions.push(gateway.client(), file);
            if (output.isJson()) output.json(module);
            else output.out().println(module.path("sha256").asText());
            return ExitCode.OK;
        }
    }

    @Command(name = "list", description = "Modules with what they export.", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private final GatewayOptions gateway = new GatewayOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Override
        public Integer call() {
            var modules = gateway.client().get("/v1/modules");
            if (output.isJson()) {
                output.json(modules);
                return ExitCode.OK;
            }
            var table = new Table("NAME", "BYTES", "FUNCTIONS", "SHA-256");
            for (var module : modules.path("modules")) {
                var functions = new ArrayList<String>();
                for (var export : module.path("exports"))
                    if (export.path("kind").asText().equals("function"))
                        functions.add(export.path("name").asText()
                                + export.path("type").asText(""));
                table.row(
                        module.path("name").asText(),
                        Units.count(module.path("sizeBytes").asLong()),
                        String.join(" ", functions),
                        module.path("sha256").asText());
            }
            table.print(output.out());
            return ExitCode.OK;
        }
    }
}
