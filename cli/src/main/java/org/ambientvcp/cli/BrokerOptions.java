package org.ambientvcp.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.cli.dev.DevState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a command finds the brokers and the schema registry.
final class BrokerOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Default: VCP_BOOTSTRAP_SERVERS, or the running vcp dev.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry. Default: VCP_SCHEMA_REGISTRY_URL, or that of the running vcp dev.")
    private @Nullable String registry;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".vcp",
            description = "Of vcp dev. Default: ${DEFAULT-VALUE}")
    private Path dataDir = Path.of(".vcp");

    /// The environment, completed by the options and by what a running `vcp dev` says of itself.
    Map<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        var dev = DevState.read(dataDir);
        if (dev != null) {
            environment.putIfAbsent("VCP_BOOTSTRAP_SERVERS", dev.bootstrapServers());
            environment.putIfAbsent("VCP_SCHEMA_REGISTRY_URL", dev.registryUrl());
            environment.putIfAbsent("VCP_BLOB_STORE", dataDir.resolve("blobs").toString());
            if (!dev.verifier().isEmpty()) environment.putIfAbsent("VCP_TRUSTED_VERIFIERS", dev.verifier());
        }
        if (bootstrapServers != null) environment.put("VCP_BOOTSTRAP_SERVERS", bootstrapServers);
        if (registry != null) environment.put("VCP_SCHEMA_REGISTRY_URL", registry);
        return environment;
    }
}
