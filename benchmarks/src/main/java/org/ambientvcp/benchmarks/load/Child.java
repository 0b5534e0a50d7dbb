package org.ambientvcp.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.cli.Logging;

/// A JVM that runs one part of the system, and the protocol with it: the child prints `ready WORDS`, answers each line
/// `usage` with a line, and ends when its input does.
final class Child implements AutoCloseable {
    private static final String READY = "ready ";
    private static final long END_SECONDS = 40;

    private final Process process;
    private final BufferedReader answers;
    private final List<String> words;

    private Child(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader(UTF_8);
        words = List.of(ready().split(" ", -1));
    }

    /// Starts `main` with this JVM's classpath; returns when it is ready.
    ///
    /// @param directory for its log
    static Child start(Class<?> main, Path directory, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        Files.createDirectories(directory);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), directory.toString()));
        command.addAll(arguments);
        return new Child(new ProcessBuilder(command)
                .redirectError(directory.resolve("stderr.txt").toFile())
                .start());
    }

    private String ready() throws IOException {
        for (var line = answers.readLine(); line != null; line = answers.readLine())
            if (line.startsWith(READY)) return line.substring(READY.length());
        throw new IOException("a process ended before it was ready; its output is in stderr.txt and vcp.log");
    }

    /// What it said when it was ready.
    String word(int index) {
        return words.get(index);
    }

    /// What it has used since it started.
    Usage usage() throws IOException {
        var input = process.outputWriter(UTF_8);
        input.write("usage\n");
        input.flush();
        var line = answers.readLine();
        if (line == null) throw new IOException("a process has ended; see stderr.txt and vcp.log");
        return Usage.parse(line);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /// What a child does in its own JVM.
    interface Part {
        /// Starts it; what is returned is closed in the end.
        ///
        /// @return what `ready` says, and what to close
        Running start(Path directory, List<String> arguments) throws Exception;
    }

    /// @param words for the parent, separated by blanks
    record Running(String words, AutoCloseable part) {}

    /// The `main` of a child.
    static void run(String[] arguments, Part part) throws Exception {
        var directory = Path.of(arguments[0]);
        Logging.toFile(directory);
        var running = part.start(directory, List.of(arguments).subList(1, arguments.length));
        System.out.println(READY + running.words());
        var questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (questions.readLine() != null) System.out.println(Usage.now());
        running.part().close();
        System.exit(0);
    }

    /// Processor time and collections of a JVM, and its resident memory.
    ///
    /// @param cpuMillis since it started
    /// @param rssMegabytes now
    /// @param collections since it started
    /// @param collectionMillis of them together
    record Usage(long cpuMillis, long rssMegabytes, long collections, long collectionMillis) {
        static Usage now() throws IOException {
            var beans = ManagementFactory.getGarbageCollectorMXBeans();
            return new Usage(
                    ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toMillis(),
                    residentMegabytes(),
                    beans.stream()
                            .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                            .sum(),
                    beans.stream()
                            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                            .sum());
        }

        /// 0 where there is no `/proc`.
        private static long residentMegabytes() throws IOException {
            var status = Path.of("/proc/self/status");
            if (!Files.exists(status)) return 0;
            try (var lines = Files.lines(status)) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .sum();
            }
        }

        static Usage parse(String line) {
            var numbers = line.split(" ", -1);
            return new Usage(
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Long.parseLong(numbers[2]),
                    Long.parseLong(numbers[3]));
        }

        /// What was used since; memory as it is now.
        Usage since(Usage earlier) {
            return new Usage(
                    cpuMillis - earlier.cpuMillis,
                    rssMegabytes,
                    collections - earlier.collections,
                    collectionMillis - earlier.collectionMillis);
        }

        /// The form that [#parse] reads.
        @Override
        public String toString() {
            return cpuMillis + " " + rssMegabytes + " " + collections + " " + collectionMillis;
        }
    }
}
