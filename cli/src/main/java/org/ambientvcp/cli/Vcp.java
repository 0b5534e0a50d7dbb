package org.ambientvcp.cli;

import java.io.PrintWriter;
import org.ambientvcp.cli.demo.DemoCommand;
import org.ambientvcp.cli.dev.DevCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/// The `vcp` command.
@Command(
        name = "vcp",
        description = "Verifiable computation on machines that nobody trusts.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DevCommand.class,
            DemoCommand.class,
            RunCommand.class,
            SubmitCommand.class,
            StatusCommand.class,
            TasksCommand.class,
            CancelCommand.class,
            VerifyCommand.class,
            ProveDemoCommand.class,
            VerifyProofCommand.class,
            TraceCommand.class,
            WhyCommand.class,
            AuditCommand.class,
            NodesCommand.class,
            NodeCommand.class,
            ModuleCommand.class,
            CellsCommand.class,
            TenantsCommand.class,
            LedgerCommand.class,
            TopicsCommand.class,
            AccessCommand.class,
            DeadLettersCommand.class,
            KeyCommand.class,
            SimulateCommand.class,
            StartCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Commands find the gateway by --url, VCP_URL or the running `vcp dev`.",
            "Exit codes: 0 done, 1 the answer is no, 2 wrong command line, 3 the system cannot be reached.",
            "Completion: source <(vcp generate-completion)"
        })
public final class Vcp {
    private Vcp() {}

    public static void main(String[] arguments) {
        Logging.forCommand(arguments);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Vcp())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Vcp::wrongUsage)
                .setExecutionExceptionHandler(Vcp::failed);
    }

    private static int wrongUsage(ParameterException wrong, String[] arguments) {
        var err = wrong.getCommandLine().getErr();
        err.println(wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("See: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailure expected) {
            err.println(expected.getMessage());
            return expected.exitCode();
        }
        failure.printStackTrace(err); // a bug: whoever reports it needs all of it
        return ExitCode.UNAVAILABLE;
    }
}
