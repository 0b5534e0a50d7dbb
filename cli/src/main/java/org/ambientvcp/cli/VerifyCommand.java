package org.ambientvcp.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks a task's evidence on this machine, trusting neither node nor verifier nor gateway.
@Command(
        name = "verify",
        description = {
            "Check the evidence of a finished task on this machine: signatures of the nodes and the verifier,"
                    + " commitments, and the result itself by running the program again.",
            "The gateway only delivers bytes; what it says is not believed."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "TASK", description = "Task id.")
    private String taskId = "";

    @Option(names = "--signatures-only", description = "Do not run the program again.")
    private boolean signaturesOnly;

    @Option(
            names = "--trusted-verifier",
            paramLabel = "ID",
            description = "Accept a verdict of this verifier only. Repeatable. Default: any.")
    private List<String> trusted = List.of();

    @Override
    public Integer call() {
        var client = gateway.client();
        var evidence = TaskEvidence.of(client.get("/v1/tasks/" + GatewayClient.escape(taskId) + "/evidence"));
        var findings = new EvidenceCheck(evidence, trusted).findings();
        if (!signaturesOnly) findings.addAll(new Rerun(client).findings(evidence));
        var holds = !findings.isEmpty() && findings.stream().allMatch(Finding::holds);
        if (output.isJson()) {
            var answer =
                    GatewayClient.JSON.createObjectNode().put("taskId", taskId).put("holds", holds);
            var list = answer.putArray("findings");
            for (var finding : findings)
                list.addObject().put("holds", finding.holds()).put("text", finding.text());
            output.json(answer);
        } else {
            for (var finding : findings) output.out().println((finding.holds() ? "yes  " : "NO   ") + finding.text());
            output.out().println(holds ? "The evidence holds." : "The evidence does not hold.");
        }
        return holds ? ExitCode.OK : ExitCode.FAILED;
    }
}
