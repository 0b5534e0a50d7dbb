package org.ambientvcp.telemetry;

import org.ambientvcp.service.ServiceProcess;

/// Runs telemetry-ingest as a process of its own; its settings are in docs/configuration.md.
public final class TelemetryApp {
    private TelemetryApp() {}

    public static void main(String[] args) {
        ServiceProcess.run(
                System.getenv(),
                TelemetryTopology.TOPICS,
                (settings, connection) -> TelemetryIngest.start(connection, TelemetryConfig.from(settings)));
    }
}
