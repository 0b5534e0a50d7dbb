package org.ambientvcp.gateway.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.registry.RegistryException;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads pieces of logs on demand, with a consumer that lives as long as the request. Committed records only.
/// At most 8 at once, at most 5 s each, and at most so many records looked at, so that no history is too long.
/// Records that cannot be decoded are left out. Thread-safe.
public final class LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int READERS = 8;
    /// Records looked at in one request.
    static final int MAX_SCANNED = 200_000;

    private final KafkaConnection connection;
    private final Semaphore readers = new Semaphore(READERS);

    public LogReader(KafkaConnection connection) {
        this.connection = connection;
    }

    /// The newest records of a topic, newest first.
    ///
    /// @param key null: of all partitions; else only records of this key
    /// @param limit most records, ≥ 1
    /// @throws UnavailableException if Kafka does not answer in time
    public <V extends SpecificRecord> List<LogRecord<V>> newest(Topic<V> topic, @Nullable String key, int limit) {
        return read(consumer -> {
            var deadline = System.nanoTime() + BoundedConnection.PATIENCE.toNanos();
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            for (var partition : partitions(consumer, topic, key))
                found.addAll(newest(consumer, partition, key, limit, deadline));
            found.sort(newestFirst());
            return decode(topic, found.subList(0, Math.min(limit, found.size())));
        });
    }

    /// Records of one key, oldest first, that the producers say they made between two times.
    ///
    /// @param limit most records, ≥ 1
    /// @throws UnavailableException if Kafka does not answer in time
    public <V extends SpecificRecord> List<LogRecord<V>> between(
            Topic<V> topic, String key, long fromEpochMillis, long toEpochMillis, int limit) {
        return read(consumer -> {
            var deadline = System.nanoTime() + BoundedConnection.PATIENCE.toNanos();
            var partition = partitions(consumer, topic, key).getFirst();
            consumer.assign(List.of(partition));
            var start =
                    consumer.offsetsForTimes(Map.of(partition, fromEpochMillis)).get(partition);
            if (start == null) return List.of();
            consumer.seek(partition, start.offset());
            var end = end(consumer, partition);
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            for (var scanned = 0; scanned < MAX_SCANNED && consumer.position(partition) < end; ) {
                requireTime(deadline);
                var last = fromEpochMillis;
                for (var record : consumer.poll(POLL)) {
                    scanned++;
                    last = Math.max(last, record.timestamp());
                    if (LogRecord.hasKey(record, key) && found.size() < limit) found.add(record);
                }
                if (last > toEpochMillis || found.size() == limit) break;
            }
            return decode(topic, found);
        });
    }

    /// Steps back from the end in windows that double, until there are enough or the log's start is reached.
    private static List<ConsumerRecord<byte[], byte[]>> newest(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            @Nullable String key,
            int limit,
            long deadline) {
        consumer.assign(List.of(partition));
        var begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        var end = end(consumer, partition);
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var scanned = 0L;
        for (long window = 2L * limit; begin < end && found.size() < limit && scanned < MAX_SCANNED; window *= 2) {
            var from = Math.max(begin, end - window);
            consumer.seek(partition, from);
            var piece = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(partition) < end) {
                requireTime(deadline);
                for (var record : consumer.poll(POLL))
                    if (record.offset() < end && (key == null || LogRecord.hasKey(record, key))) piece.add(record);
            }
            Collections.reverse(piece);
            found.addAll(piece);
            scanned += end - from;
            end = from;
        }
        return found.subList(0, Math.min(limit, found.size()));
    }

    private interface Reading<R> {
        R from(KafkaConsumer<byte[], byte[]> consumer);
    }

    private <R> R read(Reading<R> reading) {
        try {
            if (!readers.tryAcquire(BoundedConnection.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                throw new UnavailableException("too many logs are being read; try again", null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the gateway is shutting down", stopping);
        }
        try (var consumer = new KafkaConsumer<>(
                BoundedConnection.consumerProperties(connection),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return reading.from(consumer);
        } catch (RegistryException away) {
            throw new UnavailableException("the schema registry does not answer", away);
        } catch (KafkaException away) {
            LOG.atWarn().addKeyValue("reason", away.toString()).log("log cannot be read");
            throw new UnavailableException("Kafka does not answer", away);
        } finally {
            readers.release();
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, Topic<?> topic, @Nullable String key) {
        var count = consumer.partitionsFor(topic.name()).size();
        var all = new ArrayList<TopicPartition>();
        if (key != null) all.add(new TopicPartition(topic.name(), partitionOf(key, count)));
        else for (var p = 0; p < count; p++) all.add(new TopicPartition(topic.name(), p));
        return all;
    }

    /// As Kafka's default partitioner has it.
    static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private static void requireTime(long deadline) {
        if (System.nanoTime() > deadline) throw new UnavailableException("the log could not be read in time", null);
    }

    private static Comparator<ConsumerRecord<byte[], byte[]>> newestFirst() {
        return Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                .thenComparingLong(ConsumerRecord::offset)
                .reversed();
    }

    private <V extends SpecificRecord> List<LogRecord<V>> decode(
            Topic<V> topic, List<ConsumerRecord<byte[], byte[]>> records) {
        var decoded = new ArrayList<LogRecord<V>>(records.size());
        for (var record : records) {
            if (record.value() == null) continue;
            try {
                decoded.add(LogRecord.of(topic, connection, record));
            } catch (MalformedEventException malformed) {
                LOG.atDebug().addKeyValue("offset", record.offset()).log("record cannot be decoded, left out");
            }
        }
        return decoded;
    }
}
