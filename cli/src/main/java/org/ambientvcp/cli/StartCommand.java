package org.ambientvcp.cli;

import java.util.concurrent.Callable;
import org.ambientvcp.gateway.GatewayApp;
import org.ambientvcp.scheduler.SchedulerApp;
import org.ambientvcp.telemetry.TelemetryApp;
import org.ambientvcp.verifier.VerifierApp;
import org.ambientvcp.worker.WorkerApp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Runs one service as this process.
@Command(
        name = "start",
        description = {
            "Run one service as this process, with settings from the environment only (docs/configuration.md).",
            "At least VCP_BOOTSTRAP_SERVERS and VCP_SCHEMA_REGISTRY_URL; the topics must be there: vcp topics create."
        },
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SERVICE",
            description = "telemetry-ingest, scheduler-stream, executor-worker, proof-verifier or gateway.")
    private String service = "";

    @Override
    public Integer call() {
        var none = new String[0];
        switch (service) {
            case "telemetry-ingest" -> TelemetryApp.main(none);
            case "scheduler-stream" -> SchedulerApp.main(none);
            case "executor-worker" -> WorkerApp.main(none);
            case "proof-verifier" -> VerifierApp.main(none);
            case "gateway" -> GatewayApp.main(none);
            default ->
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "SERVICE is not telemetry-ingest, scheduler-stream, executor-worker, proof-verifier or"
                                + " gateway: "
                                + service);
        }
        return ExitCode.OK;
    }
}
