package org.ambientvcp.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogFileWriter;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.audit.replay.AuditReport;
import org.ambientvcp.audit.replay.AuditSettings;
import org.ambientvcp.audit.replay.Checkpoint;
import org.ambientvcp.audit.replay.Replay;

/// Exported logs that somebody changes.
final class Tampered {
    private final Path honest;
    private final AuditSettings settings;
    private final Map<LogPartition, List<LoggedRecord>> records = new TreeMap<>();

    Tampered(Path honest, AuditSettings settings) throws IOException {
        this.honest = honest;
        this.settings = settings;
        var logs = ExportedLogs.open(honest);
        for (var partition : logs.partitions()) {
            var all = new ArrayList<LoggedRecord>();
            try (var reader = logs.read(partition)) {
                for (var record = reader.next(); record != null; record = reader.next()) all.add(record);
            }
            records.put(partition, all);
        }
    }

    /// The honest records.
    Map<LogPartition, List<LoggedRecord>> records() {
        return records;
    }

    /// Replays with one partition replaced.
    AuditReport replay(Path directory, LogPartition changed, List<LoggedRecord> content)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        try (var files = Files.walk(honest)) {
            for (var file : files.toList()) {
                var place = directory.resolve(honest.relativize(file));
                if (Files.isDirectory(file)) Files.createDirectories(place);
                else Files.createLink(place, file);
            }
        }
        var file = directory.resolve(changed + ".log");
        Files.delete(file);
        try (var writer = new LogFileWriter(file)) {
            for (var record : content) writer.write(record);
        }
        return replay(directory);
    }

    AuditReport replay(Path directory) throws IOException, InterruptedException {
        return Replay.of(ExportedLogs.open(directory), settings, Checkpoint.empty(), new AtomicReference<>(), 2);
    }
}
