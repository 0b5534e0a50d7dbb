package org.ambientvcp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import org.ambientvcp.audit.log.ExportedLogs;
import org.ambientvcp.audit.log.LogExport;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where the logs of an audit come from: brokers, or a directory that `vcp audit export` wrote.
final class LogOptions {
    @Mixin
    private final BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "Read exported logs from here. Default: copy them from the brokers first.")
    private @Nullable Path directory;

    /// What is done with the logs.
    interface Work<T> {
        T with(ExportedLogs logs) throws IOException, InterruptedException;
    }

    /// Opens the logs, works with them, and removes the copy if one was made.
    ///
    /// @param topics that are needed
    <T> T read(Collection<Topic<?>> topics, Work<T> work) throws InterruptedException {
        try {
            if (directory != null) return work.with(ExportedLogs.open(directory));
            var copy = Files.createTempDirectory("vcp-logs-");
            try {
                LogExport.of(connection(), topics, copy);
                return work.with(ExportedLogs.open(copy));
            } finally {
                delete(copy);
            }
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.UNAVAILABLE, "The logs cannot be read: " + unreadable.getMessage());
        }
    }

    KafkaConnection connection() {
        try {
            return KafkaConnection.from(settings());
        } catch (InvalidSettingException missing) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    missing.getMessage()
                            + " (give --bootstrap-servers and --registry, or --logs DIR, or start vcp dev)");
        }
    }

    Settings settings() {
        return new Settings(broker.environment());
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
