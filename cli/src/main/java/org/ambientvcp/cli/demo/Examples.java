package org.ambientvcp.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ambientvcp.cli.CommandFailure;
import org.ambientvcp.cli.ExitCode;

/// The example programs and their data, in the source tree.
///
/// @param folder `examples`
record Examples(Path folder) {
    /// @throws CommandFailure if the folder is not there
    static Examples find(Path folder) {
        if (!Files.exists(folder.resolve("sha256/sha256.wasm")))
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "No example programs in " + folder + ": run it from the source tree, or say --examples DIR.");
        return new Examples(folder);
    }

    byte[] read(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Cannot read " + folder.resolve(file) + ": " + unreadable.getMessage());
        }
    }
}
