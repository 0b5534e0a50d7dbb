package org.ambientvcp.wasm.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes random modules as files for Jazzer to begin with: the folder, and how many of each kind.
final class SeedCorpus {
    private SeedCorpus() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        for (var seed = 1L; seed <= Long.parseLong(arguments[1]); seed++) {
            Files.write(
                    folder.resolve("random-" + seed),
                    RandomModule.of(seed, RandomModule.FUEL, false).bytes());
            Files.write(folder.resolve("loop-" + seed), LoopModule.of(seed).bytes());
        }
    }
}
