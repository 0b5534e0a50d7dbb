package org.ambientvcp.cli;

import java.net.URI;
import java.nio.file.Path;
import org.ambientvcp.cli.dev.DevState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a command finds the gateway.
final class GatewayOptions {
    @Option(names = "--url", paramLabel = "URL", description = "The gateway. Default: VCP_URL, or the running vcp dev.")
    private @Nullable URI url;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "Default: VCP_API_KEY, or that of the running vcp dev.")
    private @Nullable String apiKey;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".vcp",
            description = "Where vcp dev keeps its data. Default: ${DEFAULT-VALUE}")
    private Path dataDir = Path.of(".vcp");

    /// @throws CommandFailure if no gateway is named and no `vcp dev` runs
    GatewayClient client() {
        var environment = System.getenv();
        var named =
                url != null ? url : environment.containsKey("VCP_URL") ? URI.create(environment.get("VCP_URL")) : null;
        var key = apiKey != null ? apiKey : environment.get("VCP_API_KEY");
        if (named != null) return new GatewayClient(named, key);
        var dev = DevState.read(dataDir);
        if (dev == null)
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE, "No gateway: start one with `vcp dev`, or name one with --url or VCP_URL.");
        return new GatewayClient(URI.create(dev.url()), key != null ? key : dev.apiKey());
    }
}
