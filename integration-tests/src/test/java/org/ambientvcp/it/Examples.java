package org.ambientvcp.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The example programs and their data, in the source tree.
final class Examples {
    private static final Path FOLDER = Path.of("..", "examples");

    private Examples() {}

    /// @param file below `examples`, for example `primes/primes.wasm`
    static byte[] read(String file) {
        try {
            return Files.readAllBytes(FOLDER.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
