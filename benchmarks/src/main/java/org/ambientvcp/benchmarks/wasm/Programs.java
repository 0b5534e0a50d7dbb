package org.ambientvcp.benchmarks.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs of this machine, run as processes.
final class Programs {
    private Programs() {}

    /// The first of some programs that is here.
    static @Nullable String firstOf(String... programs) {
        for (var program : programs) if (version(program) != null) return program;
        return null;
    }

    /// The first line that `--version` prints; null if there is no such program.
    static @Nullable String version(String program) {
        try {
            var lines = output(List.of(program, "--version"));
            return lines.isEmpty() ? null : lines.getFirst();
        } catch (IOException missing) {
            return null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /// Lines of output; what the program says beside goes where this JVM's does.
    ///
    /// @throws IOException if it cannot be started or fails
    static List<String> output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            var lines = new String(output.readAllBytes(), UTF_8).lines().toList();
            var status = process.waitFor();
            if (status != 0) throw new IOException(String.join(" ", command) + " ended with " + status);
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /// Runs a program that prints a line "nanoseconds checksum" for every timed call.
    ///
    /// @param work to check the checksums by; null for not at all
    static Samples samples(List<String> command, Effort effort, Kernel.@Nullable Work work, String title)
            throws IOException, InterruptedException {
        var nanos = new long[effort.processes() * effort.calls()];
        var found = 0;
        for (var process = 0; process < effort.processes(); process++)
            for (var line : output(command)) {
                var fields = line.split(" ", 2);
                if (work != null) work.check(Integer.parseUnsignedInt(fields[1]), title);
                nanos[found++] = Long.parseLong(fields[0]);
            }
        return new Samples(nanos);
    }
}
