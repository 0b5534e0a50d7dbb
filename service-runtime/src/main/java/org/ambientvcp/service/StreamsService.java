package org.ambientvcp.service;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ambientvcp.schemas.TopicAdmin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Kafka Streams application as a service. A thread that dies is replaced, which takes as long as a session
/// of the group (6 s). After six deaths with never a minute between two, the service has failed.
public final class StreamsService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);
    /// What a store that asks for a cache holds back until the commit, of all stores of an application.
    private static final long STORE_CACHE_BYTES = 32L << 20;

    private static final int MOST_RESTARTS = 5;
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int TRANSACTION_TIMEOUT_MILLIS = 6_000;
    private static final Duration SHUTDOWN = Duration.ofSeconds(8);

    private final String name;
    private final KafkaStreams streams;
    private final MetricRegistry metrics;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long lastDeath = System.nanoTime();
    private int restarts;

    private StreamsService(String name, KafkaStreams streams, MetricRegistry metrics) {
        this.name = name;
        this.streams = streams;
        this.metrics = metrics;
    }

    /// Starts a topology.
    ///
    /// @param name the module's name
    /// @param metrics where the topology counts what it does
    public static StreamsService start(
            String name,
            Topology topology,
            KafkaConnection connection,
            StreamsOptions options,
            MetricRegistry metrics) {
        var streams = new KafkaStreams(topology, properties(name, connection, options));
        var service = new StreamsService(name, streams, metrics);
        streams.setUncaughtExceptionHandler(service::onFailure);
        streams.start();
        return service;
    }

    /// The settings of an application; tests of a topology use the same.
    public static Properties properties(String name, KafkaConnection connection, StreamsOptions options) {
        var all = new Properties();
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, options.applicationId());
        all.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                options.exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
        all.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                options.commitInterval().toMillis());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
        all.put(StreamsConfig.STATE_DIR_CONFIG, options.stateDirectory().toString());
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, options.replicas());
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, options.standbys());
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, STORE_CACHE_BYTES);
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        all.put(StreamsConfig.POLL_MS_CONFIG, 20L);
        all.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class.getName());
        all.put(DeadLetterHandler.REGISTRY, connection.registry());
        all.put(DeadLetterHandler.SERVICE, name);
        // How long a process that was killed keeps its partitions. Less than 6 s brokers do not allow by default.
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
        // Its open transaction hides what others wrote after it; so it must not outlive the session by much.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MILLIS);
        // A process that comes back gets its share as soon as it has caught up; Streams looks every 10 min by default.
        all.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // Exactly-once applications read so anyway; the others read what those write.
        if (!options.exactlyOnce())
            all.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        all.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, LenientTimestamps.class.getName());
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // State is written to changelogs as it is to topics.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), TopicAdmin.MAX_RECORD_BYTES);
        all.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(TopicAdmin.MAX_RECORD_BYTES));
        TopicAdmin.compaction().forEach((setting, value) -> all.put(StreamsConfig.topicPrefix(setting), value));
        all.put(
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                Integer.toString(Math.max(1, options.replicas() - 1)));
        // With the broker's add.partitions.to.txn.retry settings this halves the latency of a commit.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 2);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 10);
        all.put(
                StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG),
                CloudEventsInterceptor.class.getName());
        all.put(StreamsConfig.producerPrefix(CloudEventsInterceptor.SOURCE), name);
        all.putAll(connection.clientProperties());
        return all;
    }

    private synchronized StreamThreadExceptionResponse onFailure(Throwable failure) {
        var now = System.nanoTime();
        if (now - lastDeath > QUIET_NANOS) restarts = 0;
        lastDeath = now;
        if (++restarts > MOST_RESTARTS) {
            LOG.atError()
                    .addKeyValue("service", name)
                    .setCause(failure)
                    .log("stream threads die repeatedly, giving up");
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.atWarn().addKeyValue("service", name).setCause(failure).log("a stream thread died and is replaced");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public boolean hasFailed() {
        return streams.state() == KafkaStreams.State.ERROR
                || (!closed.get() && streams.state() == KafkaStreams.State.NOT_RUNNING);
    }

    @Override
    public MetricRegistry metrics() {
        return metrics;
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return streams.metrics();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        var ended = streams.close(CloseOptions.timeout(SHUTDOWN)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!ended)
            LOG.atWarn()
                    .addKeyValue("service", name)
                    .addKeyValue("seconds", SHUTDOWN.toSeconds())
                    .log("stream threads have not ended in time");
    }
}
