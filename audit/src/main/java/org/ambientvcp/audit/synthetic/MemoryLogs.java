package org.ambientvcp.audit.synthetic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.audit.log.LogFileWriter;
import org.ambientvcp.audit.log.LogFormat;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.audit.log.LoggedSchemas;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.EventHeaders;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;

/// Topics as files of the export format, to which records are appended as a broker would. One thread.
final class MemoryLogs implements AutoCloseable {
    /// A log that has its end behind a record.
    record Appended(LogPartition place, LoggedRecord record) {}

    private final Path directory;
    private final int cells;
    private final int partitions;
    private final Map<LogPartition, LogFileWriter> files = new HashMap<>();
    private final Map<LogPartition, Long> ends = new HashMap<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private long records;

    MemoryLogs(Path directory, int cells, int partitions) throws IOException {
        this.directory = directory;
        this.cells = cells;
        this.partitions = partitions;
        Files.createDirectories(directory.resolve("schemas"));
        for (var topic : Topics.all()) {
            schemas.put(id(topic), AvroCodec.schema(topic.type()));
            Files.writeString(
                    directory.resolve("schemas").resolve(id(topic) + ".avsc"),
                    AvroCodec.schema(topic.type()).toString());
            for (int partition = 0; partition < count(topic); partition++) {
                var place = new LogPartition(topic, partition);
                files.put(place, new LogFileWriter(directory.resolve(place + ".log")));
                ends.put(place, 0L);
            }
        }
    }

    LoggedSchemas schemas() {
        return new LoggedSchemas(schemas);
    }

    private static int id(Topic<?> topic) {
        return Topics.all().indexOf(topic) + 1;
    }

    int count(Topic<?> topic) {
        return topic.partitioning() == Topic.Partitioning.BY_CELL ? cells : partitions;
    }

    long records() {
        return records;
    }

    /// Appends a record.
    ///
    /// @param partition -1 = by the key
    /// @param headers names and values in turn
    Appended append(
            Topic<?> topic, int partition, String key, SpecificRecord value, long timestamp, String... headers) {
        var keyBytes = key.getBytes(StandardCharsets.UTF_8);
        var place = new LogPartition(
                topic, partition >= 0 ? partition : Utils.toPositive(Utils.murmur2(keyBytes)) % count(topic));
        var body = AvroCodec.encode(value);
        var named = new RecordHeaders();
        for (int index = 0; index < headers.length; index += 2)
            EventHeaders.set(named, headers[index], headers[index + 1]);
        var offset = ends.merge(place, 1L, Long::sum) - 1;
        var record = new LoggedRecord(
                offset,
                timestamp,
                topic.equals(Topics.CELL_COMMANDS)
                        || topic.equals(Topics.LEDGER_COMMANDS)
                        || topic.equals(Topics.TELEMETRY),
                keyBytes,
                ByteBuffer.allocate(5 + body.length)
                        .put((byte) 0)
                        .putInt(id(topic))
                        .put(body)
                        .array(),
                LogFormat.headers(named));
        try {
            Objects.requireNonNull(files.get(place)).write(record);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        records++;
        return new Appended(place, record);
    }

    /// Ends the logs; what is in them has all been answered.
    @Override
    public void close() throws IOException {
        var manifest = new ArrayList<String>();
        for (var file : files.values()) file.close();
        for (var place : files.keySet().stream().sorted().toList()) {
            var name = place.topic().name() + " " + place.partition();
            manifest.add("partition " + name + " 0 " + ends.get(place));
            manifest.add("whole " + name);
            for (var application : List.of("vcp-intake", "vcp-ledger", "vcp-cells", "vcp-telemetry"))
                manifest.add("position " + application + " " + name + " " + ends.get(place));
        }
        Files.write(directory.resolve("MANIFEST"), manifest);
    }
}
