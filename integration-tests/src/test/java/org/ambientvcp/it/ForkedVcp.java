package org.ambientvcp.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.cli.Vcp;
import org.ambientvcp.cli.dev.DevState;

/// The `vcp` command in a JVM of its own, which can be killed.
///
/// @param output what it printed
record ForkedVcp(Process process, Path output) implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /// @param environment the variables that start with VCP_; there are no others of that name
    /// @param directory where the process runs and its output is kept
    static ForkedVcp start(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        Files.createDirectories(directory);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Vcp.class.getName());
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(directory, "vcp-" + arguments[0] + "-", ".log");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("VCP_"));
        builder.environment().putAll(environment);
        return new ForkedVcp(builder.start(), output);
    }

    /// `vcp dev` on free ports, up and running.
    static ForkedVcp startDev(Path directory, int cells) throws Exception {
        var vcp = start(
                directory,
                Map.of(),
                "dev",
                "--data-dir",
                dataDirectory(directory).toString(),
                "--port",
                "0",
                "--broker-port",
                "0",
                "--registry-port",
                "0",
                "--cells",
                Integer.toString(cells));
        vcp.dev(directory);
        return vcp;
    }

    /// Of the cluster that [#startDev] starts in this directory.
    static Path dataDirectory(Path directory) {
        return directory.resolve("data");
    }

    /// Where the cluster is that this process runs; waits until it says so.
    DevState dev(Path directory) throws Exception {
        var state = Await.until(
                "vcp dev is up",
                () -> {
                    requireAlive();
                    var seen = DevState.read(dataDirectory(directory));
                    return seen == null ? NONE : seen;
                },
                seen -> seen.pid() == process.pid());
        return state;
    }

    private static final DevState NONE = new DevState("", "", "", "", 0, "");

    void requireAlive() throws IOException {
        if (!process.isAlive())
            throw new AssertionError("vcp has ended with " + process.exitValue() + ":\n" + Files.readString(output));
    }

    /// SIGKILL, as the kernel does when memory runs out.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// SIGTERM; the exit code.
    ///
    /// @throws AssertionError if it has not ended after this many seconds
    int terminate(int seconds) throws Exception {
        process.destroy();
        if (!process.waitFor(seconds, TimeUnit.SECONDS))
            throw new AssertionError("did not end within " + seconds + " s of SIGTERM:\n" + Files.readString(output));
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
