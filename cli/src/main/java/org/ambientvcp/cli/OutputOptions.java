package org.ambientvcp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// In which form a command answers.
final class OutputOptions {
    enum Form {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, or json for scripts. Default: ${DEFAULT-VALUE}")
    private Form form = Form.TABLE;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec command;

    boolean isJson() {
        return form == Form.JSON;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /// For progress: standard error, so that standard output holds the answer only.
    PrintWriter err() {
        return command.commandLine().getErr();
    }

    void json(JsonNode answer) {
        try {
            out().println(GatewayClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
            out().flush();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible); // it came from JSON
        }
    }
}
