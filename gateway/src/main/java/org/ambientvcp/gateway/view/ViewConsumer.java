package org.ambientvcp.gateway.view;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the compacted topics from their beginning into [Views], for ever, on a thread of its own.
///
/// Delivery: every committed record once and in order. If Kafka or the registry is away it goes on with a new consumer
/// where it was; what is in the views stays. A record that cannot be decoded is logged and passed over.
public final class ViewConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ViewConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /// Queued, leased, verifying, ended, and as much again for retries and transaction markers.
    private static final int STATUSES_PER_TASK = 8;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Map<String, Topic<?>> TOPICS = List.<Topic<?>>of(
                    Topics.TASK_STATUS,
                    Topics.NODE_HEALTH,
                    Topics.NODES,
                    Topics.MODULES,
                    Topics.BALANCES,
                    Topics.CELL_SUMMARIES,
                    Topics.REPUTATION)
            .stream()
            .collect(Collectors.toUnmodifiableMap(Topic::name, Function.identity()));

    private final KafkaConnection connection;
    private final Views views;
    private final Map<String, AvroSerde<?>> serdes = new HashMap<>();
    /// Where to go on; of the view thread.
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "gateway-views");
    private volatile boolean caughtUp;
    private volatile boolean failed;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

    private ViewConsumer(KafkaConnection connection, Views views) {
        this.connection = connection;
        this.views = views;
        TOPICS.forEach((name, topic) -> serdes.put(name, AvroSerde.of(topic, connection.registry())));
    }

    public static ViewConsumer start(KafkaConnection connection, Views views) {
        var consumer = new ViewConsumer(connection, views);
        consumer.thread.setDaemon(true);
        consumer.thread.start();
        return consumer;
    }

    /// Topics it reads.
    public static List<Topic<?>> topics() {
        return List.copyOf(TOPICS.values());
    }

    /// Whether the views hold everything that was in the topics at the start.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /// Whether a bug ended it.
    public boolean hasFailed() {
        return failed;
    }

    public Map<MetricName, ? extends Metric> metrics() {
        var consumer = current;
        return consumer == null ? Map.of() : consumer.metrics();
    }

    private void run() {
        while (closing.getCount() > 0) {
            try {
                consume();
            } catch (WakeupException closed) {
                LOG.atDebug().log("views end");
            } catch (KafkaException away) { // a registry that does not answer is one as well
                LOG.atWarn()
                        .addKeyValue("reason", away.toString())
                        .log("views cannot be read, going on with a new consumer");
                pause();
            } catch (RuntimeException bug) {
                LOG.atError().setCause(bug).log("views have failed");
                failed = true;
                return;
            }
        }
    }

    private void consume() {
        var properties = new HashMap<>(connection.consumerProperties());
        properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-views");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            current = consumer;
            if (closing.getCount() == 0) return;
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = new HashMap<>(consumer.endOffsets(partitions));
            skipOldTasks(consumer, ends);
            next.forEach(consumer::seek);
            while (closing.getCount() > 0) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (!caughtUp && ends.isEmpty()) {
                    LOG.atInfo().addKeyValue("tasks", views.tasks().size()).log("views are caught up");
                    caughtUp = true;
                }
                for (var record : consumer.poll(POLL)) apply(record);
            }
        } finally {
            current = null;
        }
    }

    /// Statuses are kept for a month, the view holds a bounded number: it begins as many records before the end as can
    /// be of the tasks it holds. So a start takes as long after a month as after a day.
    private void skipOldTasks(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        var statuses = ends.keySet().stream()
                .filter(partition -> partition.topic().equals(Topics.TASK_STATUS.name()))
                .toList();
        var most = STATUSES_PER_TASK * (long) views.tasks().most() / Math.max(1, statuses.size());
        consumer.beginningOffsets(statuses).forEach((partition, beginning) -> {
            var from = Objects.requireNonNull(ends.get(partition)) - most;
            if (from > beginning) consumer.seek(partition, from);
        });
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : TOPICS.keySet()) {
            var found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) throw new UnknownTopicOrPartitionException(topic);
            for (var partition : found) partitions.add(new TopicPartition(topic, partition.partition()));
        }
        return partitions;
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        var topic = Objects.requireNonNull(TOPICS.get(record.topic()));
        var serde = Objects.requireNonNull(serdes.get(record.topic()));
        try {
            var value = (SpecificRecord) serde.deserialize(record.topic(), record.value());
            if (record.key() != null)
                views.apply(topic, new String(record.key(), StandardCharsets.UTF_8), value, caughtUp);
        } catch (MalformedEventException malformed) {
            LOG.atWarn()
                    .addKeyValue("origin", record.topic() + "-" + record.partition() + "-" + record.offset())
                    .addKeyValue("reason", String.valueOf(malformed.getMessage()))
                    .log("record cannot be decoded");
        }
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }

    @SuppressWarnings("ResultOfMethodCallIgnored") // either the time is over or it is closing
    private void pause() {
        try {
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        var consumer = current;
        if (consumer != null) consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
