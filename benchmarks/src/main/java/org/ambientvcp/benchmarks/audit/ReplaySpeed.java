package org.ambientvcp.benchmarks.audit;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.replay.AuditReport;
import org.ambientvcp.audit.replay.AuditSettings;
import org.ambientvcp.audit.replay.Checkpoint;
import org.ambientvcp.audit.replay.Replay;
import org.ambientvcp.audit.synthetic.SyntheticLogs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How many logged records a second does `vcp audit replay` judge, and with how much memory?
///
/// Makes the log of a cluster that never was, if it is not there yet (real rules, real signatures, the same options
/// give
/// the same bytes), and replays it. A record is whatever stands in a log: inputs and all that was made of them.
@Command(name = "ReplaySpeed", mixinStandardHelpOptions = true)
public final class ReplaySpeed implements Callable<Integer> {
    private static final long MIB = 1 << 20;

    @Option(names = "--directory", required = true, description = "The log; made if it is not there.")
    private Path directory = Path.of("");

    @Option(names = "--tasks", description = "About 26 records each. Default: ${DEFAULT-VALUE}")
    private long tasks = 40_000;

    @Option(names = "--nodes", description = "Default: ${DEFAULT-VALUE}")
    private int nodes = 1_000;

    @Option(names = "--cells", description = "Default: ${DEFAULT-VALUE}")
    private int cells = 8;

    @Option(names = "--rate", description = "Tasks a second, in log time. Default: ${DEFAULT-VALUE}")
    private int rate = 1_000;

    @Option(names = "--threads", description = "Default: ${DEFAULT-VALUE}")
    private int threads = 2;

    @Option(names = "--rounds", description = "Replays, one after the other. Default: ${DEFAULT-VALUE}")
    private int rounds = 1;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private ReplaySpeed() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ReplaySpeed()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var options = new SyntheticLogs.Options(cells, cells, nodes, tasks, rate, Math.max(1, nodes / 50), 11);
        if (!Files.exists(directory.resolve("MANIFEST"))) {
            var started = System.nanoTime();
            var made = SyntheticLogs.write(directory, options);
            say(String.format(Locale.ROOT, "made %,d records in %.1f s", made, seconds(started)));
        }
        say(String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        var proved = true;
        for (int round = 0; round < rounds; round++) proved &= replay(SyntheticLogs.settings(options));
        return proved ? 0 : 1;
    }

    private boolean replay(AuditSettings settings) throws IOException, InterruptedException {
        var logs = ExportedLogs.open(directory);
        long records = 0;
        for (var place : logs.partitions())
            records += logs.range(place).end() - logs.range(place).first();
        var heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var processor = process.getProcessCpuTime();
        var started = System.nanoTime();
        var report = Replay.of(logs, settings, Checkpoint.empty(), new AtomicReference<>(), threads);
        var seconds = seconds(started);
        var processorSeconds = (process.getProcessCpuTime() - processor) / 1e9;
        var peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        say(String.format(
                Locale.ROOT,
                "%s: %,d records in %.1f s, %,.0f a second, %.1f s of processor time; heap at most %,d MiB with"
                        + " garbage; digest %s",
                report.verdict(),
                records,
                seconds,
                records / seconds,
                processorSeconds,
                peak / MIB,
                report.digest()));
        return report.verdict() == AuditReport.Verdict.PROVED;
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    private void say(String line) {
        out.println(line);
    }
}
