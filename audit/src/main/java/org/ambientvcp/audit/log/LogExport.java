package org.ambientvcp.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.schemas.registry.UnknownSchemaException;
import org.ambientvcp.service.KafkaConnection;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Copies the committed records of topics from brokers into a directory, as [ExportedLogs] describes it. Only reads.
///
/// What the applications have committed is asked before the ends of the logs, so all that they made of what they had
/// read by then is in the copy.
public final class LogExport {
    /// The applications whose work is audited; each is a consumer group of this name.
    public static final List<String> APPLICATIONS = List.of("vcp-intake", "vcp-ledger", "vcp-cells", "vcp-telemetry");

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final KafkaConnection connection;
    private final Path directory;
    private final List<String> manifest = new ArrayList<>();
    private final TreeSet<Integer> schemaIds = new TreeSet<>();
    private final Map<String, Segments> segments = new HashMap<>();
    private long records;

    /// When the broker begins a new segment of a topic. What is in the first one was never removed or compacted.
    private record Segments(long bytes, long millis) {}

    private LogExport(KafkaConnection connection, Path directory) {
        this.connection = connection;
        this.directory = directory;
    }

    /// Copies topics as they are now.
    ///
    /// @param directory empty, or not there yet
    /// @return how many records were copied
    /// @throws IOException if the files cannot be written
    /// @throws IllegalStateException if the brokers do not answer or a topic is not there
    public static long of(KafkaConnection connection, Collection<Topic<?>> topics, Path directory)
            throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve(ExportedLogs.SCHEMAS));
        if (Files.exists(directory.resolve(ExportedLogs.MANIFEST)))
            throw new IOException(directory + " holds an export already");
        var export = new LogExport(connection, directory);
        export.copy(topics);
        return export.records;
    }

    private void copy(Collection<Topic<?>> topics) throws IOException, InterruptedException {
        List<LogPartition> partitions;
        try (var admin = connection.admin()) {
            partitions = partitions(admin, topics);
            segments(admin, topics);
            for (var application : APPLICATIONS) positions(admin, application, partitions);
        } catch (ExecutionException refused) {
            throw new IllegalStateException("the topics cannot be read about: " + refused.getCause(), refused);
        }
        var properties = new HashMap<>(connection.consumerProperties());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 * 1024 * 1024);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 * 1024 * 1024);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var ends = consumer.endOffsets(
                    partitions.stream().map(LogExport::kafka).toList(), ANSWER);
            for (var partition : partitions) copy(consumer, partition, end(ends, partition));
        }
        writeSchemas(connection.registry());
        Files.write(directory.resolve(ExportedLogs.MANIFEST), manifest);
    }

    private static List<LogPartition> partitions(Admin admin, Collection<Topic<?>> topics)
            throws ExecutionException, InterruptedException {
        var counts = new TreeMap<String, Integer>();
        admin.describeTopics(topics.stream().map(Topic::name).toList())
                .allTopicNames()
                .get()
                .forEach((name, topic) -> counts.put(name, topic.partitions().size()));
        var partitions = new ArrayList<LogPartition>();
        for (var topic : Topics.all())
            for (int partition = 0; partition < counts.getOrDefault(topic.name(), 0); partition++)
                partitions.add(new LogPartition(topic, partition));
        return partitions;
    }

    private void segments(Admin admin, Collection<Topic<?>> topics) throws ExecutionException, InterruptedException {
        var resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        admin.describeConfigs(resources)
                .all()
                .get()
                .forEach((resource, config) -> segments.put(
                        resource.name(),
                        new Segments(
                                number(config, TopicConfig.SEGMENT_BYTES_CONFIG),
                                number(config, TopicConfig.SEGMENT_MS_CONFIG))));
    }

    private static long number(Config config, String name) {
        var entry = config.get(name);
        return entry == null || entry.value() == null ? 0 : Long.parseLong(entry.value());
    }

    private void positions(Admin admin, String application, List<LogPartition> partitions)
            throws ExecutionException, InterruptedException {
        var committed = admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get();
        for (var partition : partitions) {
            var position = committed.get(kafka(partition));
            if (position != null)
                manifest.add("position " + application + " " + partition.topic().name() + " " + partition.partition()
                        + " " + position.offset());
        }
    }

    private static long end(Map<TopicPartition, Long> ends, LogPartition partition) {
        var end = ends.get(kafka(partition));
        if (end == null) throw new IllegalStateException("the broker does not know the end of " + partition);
        return end;
    }

    private static TopicPartition kafka(LogPartition partition) {
        return new TopicPartition(partition.topic().name(), partition.partition());
    }

    private void copy(KafkaConsumer<byte[], byte[]> consumer, LogPartition partition, long end) throws IOException {
        var place = kafka(partition);
        consumer.assign(List.of(place));
        consumer.seekToBeginning(List.of(place));
        long first = consumer.position(place, ANSWER);
        manifest.add("partition " + partition.topic().name() + " " + partition.partition() + " " + first + " " + end);
        var extent = new Extent();
        try (var file = new LogFileWriter(directory.resolve(partition + ".log"))) {
            while (consumer.position(place, ANSWER) < end)
                for (var record : consumer.poll(POLL).records(place))
                    if (record.offset() < end) {
                        copy(record, file);
                        extent.add(record);
                    }
            if (first == 0 && extent.isOneSegment(segments.get(place.topic())))
                manifest.add("whole " + partition.topic().name() + " " + partition.partition());
        } catch (UnknownTopicOrPartitionException gone) {
            throw new IllegalStateException(partition + " is gone", gone);
        }
    }

    /// How far a partition's records reach.
    private static final class Extent {
        private long first = -1;
        private long earliest;
        private long latest;
        private long bytes;

        void add(ConsumerRecord<byte[], byte[]> record) {
            if (first < 0) {
                first = record.offset();
                earliest = record.timestamp();
            }
            earliest = Math.min(earliest, record.timestamp());
            latest = Math.max(latest, record.timestamp());
            bytes += record.serializedKeySize() + record.serializedValueSize() + 256L;
        }

        /// Whether all of it fits into the broker's first segment, which it neither removes nor compacts. Judged on the
        /// safe side: half a segment of bytes, and records are counted larger than they are.
        boolean isOneSegment(@Nullable Segments segments) {
            if (first < 0) return true;
            return segments != null
                    && first == 0
                    && bytes < segments.bytes() / 2
                    && latest - earliest < segments.millis();
        }
    }

    private void copy(ConsumerRecord<byte[], byte[]> record, LogFileWriter file) throws IOException {
        file.write(new LoggedRecord(
                record.offset(),
                record.timestamp(),
                record.timestampType() == TimestampType.LOG_APPEND_TIME,
                record.key(),
                record.value(),
                LogFormat.headers(record.headers())));
        records++;
        var value = record.value();
        if (value != null && value.length >= 5 && value[0] == 0)
            schemaIds.add(ByteBuffer.wrap(value, 1, 4).getInt());
    }

    private void writeSchemas(SchemaRegistry registry) throws IOException {
        for (var id : schemaIds) {
            try {
                Files.writeString(
                        directory.resolve(ExportedLogs.SCHEMAS).resolve(id + ".avsc"),
                        registry.schemaOf(id).toString());
            } catch (UnknownSchemaException hostile) {
                // bytes from outside may name any id; whoever reads the record finds that there is none
            }
        }
    }
}
