package org.ambientvcp.cli.dev;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Where a running `vcp dev` is, for the commands beside it. Kept in `dev.json` of its data directory, readable by its
/// owner only.
///
/// @param url of the gateway
/// @param apiKey of the tenant `dev`, with the rights of an operator
/// @param bootstrapServers of the broker
/// @param registryUrl of the schema registry
/// @param pid of the process
/// @param verifier node id of its verifier, the only one it trusts
public record DevState(
        String url, String apiKey, String bootstrapServers, String registryUrl, long pid, String verifier) {
    private static final String FILE = "dev.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The state of the cluster that runs on this data directory; null if none runs.
    public static @Nullable DevState read(Path dataDirectory) {
        try {
            var state = JSON.readValue(Files.readAllBytes(dataDirectory.resolve(FILE)), DevState.class);
            return ProcessHandle.of(state.pid()).map(ProcessHandle::isAlive).orElse(false) ? state : null;
        } catch (IOException absent) {
            return null;
        }
    }

    void write(Path dataDirectory) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(dataDirectory, FILE, ".new", ownerOnly);
        Files.writeString(fresh, JSON.writeValueAsString(this) + "\n", StandardCharsets.UTF_8);
        Files.move(
                fresh,
                dataDirectory.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    static void remove(Path dataDirectory) {
        try {
            Files.deleteIfExists(dataDirectory.resolve(FILE));
        } catch (IOException harmless) {
            // readers also check that the process is alive
        }
    }
}
