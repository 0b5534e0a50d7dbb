package org.ambientvcp.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import org.ambientvcp.gateway.keys.ApiKeys;
import org.ambientvcp.gateway.keys.Role;

/// The API key of a dev cluster: its hash in the gateway's file, the key itself beside it for the owner's commands.
///
/// @param file the gateway's file of hashed keys
/// @param apiKey the key's text
record DevKeys(Path file, String apiKey) {
    static final String TENANT = "dev";

    private static final String ID = "dev";

    static DevKeys loadOrCreate(Path dataDirectory) throws IOException {
        var hashed = dataDirectory.resolve("api-keys.jsonl");
        var plain = dataDirectory.resolve("api-key");
        try {
            if (Files.exists(hashed))
                return new DevKeys(hashed, Files.readString(plain).strip());
        } catch (NoSuchFileException lost) {
            Files.delete(hashed); // a hash without its key opens nothing
        }
        var key = ApiKeys.create(hashed, ID, TENANT, EnumSet.of(Role.USER, Role.ADMIN), new SecureRandom());
        Files.deleteIfExists(plain);
        Files.createFile(plain, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(plain, key + "\n", StandardOpenOption.WRITE);
        return new DevKeys(hashed, key);
    }
}
