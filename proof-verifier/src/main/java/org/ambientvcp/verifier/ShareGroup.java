package org.ambientvcp.verifier;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ambientvcp.service.KafkaConnection;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The group that all verifiers share the jobs in.
final class ShareGroup {
    static final String NAME = "vcp-verifiers";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Above what a verifier counts itself: the broker's limit is for jobs that kill verifiers.
    private static final int DELIVERIES = 10;
    /// A fetch that finds only a transaction marker behind the last job waits this long before the next one.
    private static final int FETCH_WAIT_MILLIS = 10;

    private ShareGroup() {}

    /// Sets the group's own settings on the brokers; the last verifier to start decides.
    ///
    /// @throws IllegalStateException if the brokers refuse, with their reason
    static void configure(KafkaConnection connection, Duration lock) throws InterruptedException {
        var settings = Map.of(
                "share.auto.offset.reset", "earliest",
                "share.isolation.level", "read_committed",
                "share.record.lock.duration.ms", Long.toString(lock.toMillis()),
                "share.delivery.count.limit", Integer.toString(DELIVERIES),
                "share.renew.acknowledge.enable", "true");
        var changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (var admin = connection.admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, NAME), changes))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException refused) {
            throw new IllegalStateException(
                    "the brokers did not take the settings of share group " + NAME + " " + settings + ": "
                            + (refused.getCause() == null
                                    ? "no answer"
                                    : refused.getCause().getMessage()),
                    refused);
        }
    }

    /// A consumer for one lane: one job at a time, acknowledged by hand.
    static KafkaShareConsumer<byte[], byte[]> consumer(KafkaConnection connection) {
        var properties = connection.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, NAME);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        return new KafkaShareConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
