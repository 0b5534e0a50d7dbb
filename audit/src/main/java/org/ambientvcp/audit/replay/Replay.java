package org.ambientvcp.audit.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.schemas.Sha256;

/// Runs the rules again over exported logs and compares all they give with what the topics hold.
///
/// First the written topics are indexed by the inputs their records were made of; then each stage reads its inputs
/// again:
/// cells, ledger, intake, telemetry. Partitions are independent of each other, so they are shared among threads.
public final class Replay {
    private final ExportedLogs logs;
    private final AuditSettings settings;
    private final Path scratch;
    private final Findings findings = new Findings();
    private final Map<String, Long> read = new TreeMap<>();
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    private Replay(ExportedLogs logs, AuditSettings settings, Path scratch) {
        this.logs = logs;
        this.settings = settings;
        this.scratch = scratch;
    }

    /// Replays from the beginning of the logs, or from checkpoints.
    ///
    /// @param start states to begin with; [Checkpoint#empty] for none
    /// @param end gets the states at the end of the logs
    /// @param threads partitions that are worked on at once
    public static AuditReport of(
            ExportedLogs logs, AuditSettings settings, Checkpoint start, AtomicReference<Checkpoint> end, int threads)
            throws IOException, InterruptedException {
        var scratch = Files.createTempDirectory("vcp-audit-");
        try {
            return new Replay(logs, settings, scratch).run(start, end, threads);
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private AuditReport run(Checkpoint start, AtomicReference<Checkpoint> end, int threads)
            throws IOException, InterruptedException {
        try (var index = new CauseIndex(scratch);
                var shelf = new Shelf(scratch.resolve("summaries"));
                var pool = Executors.newFixedThreadPool(threads)) {
            try {
                index(index, pool);
                var stages = new Stages(logs, settings, start, index, new SummaryShelf(shelf), findings);
                all(pool, stages.cells());
                all(pool, stages.others());
                end.set(stages.checkpoint());
                return report(stages.cellCount());
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private void index(CauseIndex index, ExecutorService pool) throws IOException, InterruptedException {
        var passes = new ArrayList<Callable<Void>>();
        for (var topic : Sources.WRITTEN) {
            for (var partition : logs.partitions(topic))
                passes.add(() -> {
                    var pass = new IndexPass(logs, partition, index, findings);
                    pass.run();
                    count(partition, pass);
                    return null;
                });
        }
        all(pool, passes);
    }

    private synchronized void count(LogPartition partition, IndexPass pass) {
        read.merge(partition.topic().name(), pass.records(), Long::sum);
        earliest = Math.min(earliest, pass.earliest());
        latest = Math.max(latest, pass.latest());
    }

    private static void all(ExecutorService pool, List<Callable<Void>> work) throws IOException, InterruptedException {
        var running = new ArrayList<Future<Void>>();
        for (var one : work) running.add(pool.submit(one));
        for (var one : running) {
            try {
                one.get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof IOException io) throw io;
                throw new IllegalStateException("a part of the replay failed: " + failed.getCause(), failed);
            }
        }
    }

    private AuditReport report(int cells) {
        var differences = findings.differences();
        var unprovable = findings.unprovable();
        var verdict = findings.count() > 0
                ? AuditReport.Verdict.REFUTED
                : unprovable.isEmpty() ? AuditReport.Verdict.PROVED : AuditReport.Verdict.UNPROVABLE;
        var ranges = new TreeMap<String, String>();
        for (var partition : logs.partitions()) {
            var range = logs.range(partition);
            ranges.put(partition.toString(), range.first() + "–" + range.end());
        }
        return new AuditReport(
                verdict,
                differences,
                findings.count(),
                read,
                findings.compared(),
                unprovable,
                findings.pending(),
                digest(),
                cells,
                earliest,
                latest,
                ranges);
    }

    /// Over the digests of all sources, by name.
    private String digest() {
        var all = new StringBuilder();
        findings.digests()
                .forEach((source, hex) ->
                        all.append(source).append(' ').append(hex).append('\n'));
        return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
