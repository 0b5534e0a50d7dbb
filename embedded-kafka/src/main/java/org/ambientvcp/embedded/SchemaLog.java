package org.ambientvcp.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry's log: a compacted Kafka topic of one partition, and the thread that applies it to the store.
///
/// A change is decided, appended, acknowledged by Kafka, read back and applied before the next one is decided. So every
/// decision is made on all that was written before, and what `write` returned is durable and can be read. Where the
/// outcome of an append is unknown, the next change first appends a NOOP and reads up to it.
///
/// One registry may write to a topic at a time.
final class SchemaLog implements RegistryRoutes.Writer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaLog.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REPLAY_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration APPLY_TIMEOUT = Duration.ofSeconds(5);

    private final TopicPartition partition;
    private final SchemaStore store;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread reader;

    private final ReentrantLock writing = new ReentrantLock();
    private boolean lastAppendUnknown; // guarded by writing

    private final ReentrantLock applying = new ReentrantLock();
    private final Condition applied = applying.newCondition();
    private long nextOffset; // guarded by applying
    private boolean stopped; // guarded by applying

    private SchemaLog(String bootstrapServers, String topic, SchemaStore store) {
        this.store = store;
        partition = new TopicPartition(topic, 0);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "client.id", "schema-registry"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "client.id",
                        "schema-registry",
                        "acks",
                        "all",
                        "linger.ms",
                        0,
                        "max.request.size",
                        SchemaTopic.MAX_RECORD_BYTES,
                        "max.block.ms",
                        8_000,
                        "request.timeout.ms",
                        4_000,
                        "delivery.timeout.ms",
                        8_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        reader = Thread.ofPlatform().name("schema-registry-reader").daemon().unstarted(this::follow);
    }

    /// Creates the topic if need be and applies all its records to the store.
    ///
    /// @throws StartException if the topic is not one partition and compacted, or Kafka cannot be reached
    static SchemaLog open(String bootstrapServers, String topic, SchemaStore store) {
        SchemaTopic.ensure(bootstrapServers, topic);
        var log = new SchemaLog(bootstrapServers, topic, store);
        try {
            log.replay();
            log.reader.start();
            return log;
        } catch (RuntimeException e) {
            log.consumer.close();
            log.producer.close(Duration.ZERO);
            throw new StartException("cannot read " + topic + " on " + bootstrapServers + ": " + e.getMessage(), e);
        }
    }

    /// Decides and makes one change and returns its answer once it is durable and applied.
    ///
    /// @throws RegistryError as the decision says, or 500 if Kafka does not take the records in time
    @Override
    public <T> T write(Supplier<SchemaChange<T>> decide) {
        writing.lock();
        try {
            if (lastAppendUnknown) append(LogRecord.noop());
            var change = decide.get();
            for (var logRecord : change.records()) append(logRecord);
            return change.answer();
        } finally {
            writing.unlock();
        }
    }

    private void append(LogRecord logRecord) {
        lastAppendUnknown = true;
        try {
            var metadata = producer.send(new ProducerRecord<>(
                            partition.topic(), partition.partition(), bytes(logRecord.key()), bytes(logRecord.value())))
                    .get();
            awaitApplied(metadata.offset());
        } catch (ExecutionException e) {
            throw RegistryError.storeFailed("Kafka did not take the record: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryError.storeFailed("interrupted while writing");
        }
        lastAppendUnknown = false;
    }

    private void awaitApplied(long offset) throws InterruptedException {
        applying.lock();
        try {
            var left = APPLY_TIMEOUT.toNanos();
            while (nextOffset <= offset) {
                if (stopped) throw RegistryError.storeFailed("the registry has stopped reading its log");
                if (left <= 0) throw RegistryError.timedOut("the record was written but not read back in time");
                left = applied.awaitNanos(left);
            }
        } finally {
            applying.unlock();
        }
    }

    private void replay() {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        var end = Optional.ofNullable(
                        consumer.endOffsets(List.of(partition), REPLAY_TIMEOUT).get(partition))
                .orElse(0L);
        var deadline = System.nanoTime() + REPLAY_TIMEOUT.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("not read within " + REPLAY_TIMEOUT);
            applyNext();
        }
        LOG.atInfo().addKeyValue("records", end).log("schema registry has read its log");
    }

    /// The reader thread: applies what is appended, until it is woken up.
    private void follow() {
        try (consumer) {
            while (true) applyNext();
        } catch (WakeupException e) {
            LOG.atDebug().log("schema registry reader stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("schema registry cannot read its log and takes no more changes");
        } finally {
            applying.lock();
            try {
                stopped = true;
                applied.signalAll();
            } finally {
                applying.unlock();
            }
        }
    }

    private void applyNext() {
        for (var logged : consumer.poll(POLL)) apply(logged);
        applying.lock();
        try {
            nextOffset = consumer.position(partition);
            applied.signalAll();
        } finally {
            applying.unlock();
        }
    }

    /// A malformed record is left out and reported: the topic may have been written by others.
    private void apply(ConsumerRecord<byte[], byte[]> logged) {
        try {
            if (logged.key() == null) throw new IllegalArgumentException("no key");
            var value = logged.value() == null ? null : JSON.readTree(logged.value());
            store.apply(JSON.readTree(logged.key()), value);
        } catch (IOException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("topic", logged.topic())
                    .addKeyValue("offset", logged.offset())
                    .setCause(e)
                    .log("schema registry leaves a malformed record out");
        }
    }

    private static byte @Nullable [] bytes(@Nullable Object json) {
        return json == null ? null : json.toString().getBytes(UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.wakeup();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
