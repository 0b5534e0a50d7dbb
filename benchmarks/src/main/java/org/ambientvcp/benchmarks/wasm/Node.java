package org.ambientvcp.benchmarks.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// V8, as Node.js has it, with its own defaults; no gas.
///
/// @param directory for modules and the script
record Node(Path directory) implements Contender {
    @Override
    public String title() {
        return "V8";
    }

    @Override
    public @Nullable String version() {
        var version = Programs.version("node");
        return version == null ? null : "Node.js " + version;
    }

    @Override
    public Samples run(Kernel kernel, Effort effort) throws IOException, InterruptedException {
        var work = effort.of(kernel);
        var module = Files.write(directory.resolve(kernel.title() + ".wasm"), Modules.read(kernel.title()));
        var command = List.of(
                "node",
                Modules.extract("node.mjs", directory).toString(),
                module.toString(),
                Integer.toString(work.amount()),
                Long.toString(effort.warmUpOfProcess().toMillis()),
                Integer.toString(effort.calls()));
        return Programs.samples(command, effort, work, "V8 on " + kernel.title());
    }
}
