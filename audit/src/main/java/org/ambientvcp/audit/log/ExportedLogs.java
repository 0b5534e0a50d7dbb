package org.ambientvcp.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// A directory of exported logs:
///
/// ```text
/// MANIFEST             text, one fact a line:
///                      partition TOPIC PARTITION FIRST-OFFSET END-OFFSET
///                      whole TOPIC PARTITION   (nothing was ever removed from it)
///                      position APPLICATION TOPIC PARTITION OFFSET   (what the application had committed to have read)
/// TOPIC-PARTITION.log  its committed records, see LogFormat
/// schemas/ID.avsc      schema of the registry's id
/// ```
///
/// Thread-safe; readers are not.
public final class ExportedLogs {
    static final String MANIFEST = "MANIFEST";
    static final String SCHEMAS = "schemas";

    private record Position(String application, LogPartition partition) {}

    private final Path directory;
    private final Map<LogPartition, LogRange> ranges = new HashMap<>();
    private final Map<String, Integer> partitions = new TreeMap<>();
    private final Set<LogPartition> whole = new HashSet<>();
    private final Map<Position, Long> positions = new HashMap<>();
    private final LoggedSchemas schemas;

    private ExportedLogs(Path directory, LoggedSchemas schemas) {
        this.directory = directory;
        this.schemas = schemas;
    }

    /// @throws IOException if it is no export; says what is wrong
    public static ExportedLogs open(Path directory) throws IOException {
        var manifest = directory.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) throw new IOException(directory + " has no " + MANIFEST);
        var logs = new ExportedLogs(directory, new LoggedSchemas(schemas(directory.resolve(SCHEMAS))));
        for (var line : Files.readAllLines(manifest, StandardCharsets.UTF_8)) logs.read(line, manifest);
        return logs;
    }

    private static Map<Integer, Schema> schemas(Path directory) throws IOException {
        var schemas = new HashMap<Integer, Schema>();
        try (var files = Files.newDirectoryStream(directory, "*.avsc")) {
            for (var file : files) {
                var id = file.getFileName().toString().replace(".avsc", "");
                schemas.put(Integer.valueOf(id), new Schema.Parser().parse(Files.readString(file)));
            }
        } catch (NumberFormatException | AvroRuntimeException wrong) {
            throw new IOException(directory + " holds what is no schema: " + wrong.getMessage(), wrong);
        }
        return schemas;
    }

    private void read(String line, Path manifest) throws IOException {
        var words = line.split(" ", -1);
        try {
            switch (words[0]) {
                case "" -> {}
                case "partition" -> {
                    var partition = new LogPartition(topic(words[1]), Integer.parseInt(words[2]));
                    ranges.put(partition, new LogRange(Long.parseLong(words[3]), Long.parseLong(words[4])));
                    partitions.merge(words[1], partition.partition() + 1, Math::max);
                }
                case "whole" -> whole.add(new LogPartition(topic(words[1]), Integer.parseInt(words[2])));
                case "position" ->
                    positions.put(
                            new Position(words[1], new LogPartition(topic(words[2]), Integer.parseInt(words[3]))),
                            Long.valueOf(words[4]));
                default -> throw new IOException(manifest + " has a line that is not known: " + line);
            }
        } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException wrong) {
            throw new IOException(manifest + " has a line that cannot be read: " + line, wrong);
        }
    }

    private static Topic<?> topic(String name) {
        return Topics.named(name).orElseThrow(() -> new IllegalArgumentException("no topic of ours: " + name));
    }

    /// All partitions, by topic in the order of the catalogue.
    public List<LogPartition> partitions() {
        var all = new ArrayList<LogPartition>();
        for (var topic : Topics.all()) all.addAll(partitions(topic));
        return all;
    }

    /// Partitions of a topic that were exported.
    public List<LogPartition> partitions(Topic<?> topic) {
        var all = new ArrayList<LogPartition>();
        for (int partition = 0; partition < count(topic); partition++)
            if (ranges.containsKey(new LogPartition(topic, partition))) all.add(new LogPartition(topic, partition));
        return all;
    }

    /// Number of partitions of a topic; 0 if it was not exported.
    public int count(Topic<?> topic) {
        return partitions.getOrDefault(topic.name(), 0);
    }

    public LogRange range(LogPartition partition) {
        var range = ranges.get(partition);
        return range == null ? new LogRange(0, 0) : range;
    }

    /// Whether retention and compaction have removed nothing from a partition.
    public boolean isWhole(LogPartition partition) {
        return whole.contains(partition);
    }

    /// Up to which offset of a partition an application had committed what it made of it; null if that is not known.
    public @Nullable Long position(String application, LogPartition partition) {
        return positions.get(new Position(application, partition));
    }

    public LoggedSchemas schemas() {
        return schemas;
    }

    public LogFileReader read(LogPartition partition) throws IOException {
        return new LogFileReader(directory.resolve(partition + ".log"));
    }

    /// The record at an offset; null if there is none.
    public @Nullable LoggedRecord record(LogPartition partition, long offset) throws IOException {
        if (!ranges.containsKey(partition)) return null;
        try (var reader = read(partition)) {
            for (var record = reader.next(); record != null; record = reader.next())
                if (record.offset() == offset) return record;
        }
        return null;
    }
}
