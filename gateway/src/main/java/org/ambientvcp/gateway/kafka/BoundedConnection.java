package org.ambientvcp.gateway.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.service.KafkaConnection;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/// Kafka's clients wait for a minute or two by default; a person at the other end of HTTP does not.
public final class BoundedConnection {
    /// The longest a request waits for Kafka.
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private BoundedConnection() {}

    /// The same connection with shorter times for producers; what the operator sets still wins.
    static KafkaConnection forProducers(KafkaConnection connection) {
        var properties = new HashMap<>(Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, "4000",
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "5000"));
        properties.putAll(connection.properties());
        return new KafkaConnection(connection.bootstrapServers(), properties, connection.registry());
    }

    /// Consumer settings with shorter times; what the operator sets still wins.
    static Map<String, Object> consumerProperties(KafkaConnection connection) {
        var properties = new HashMap<String, Object>(connection.consumerProperties());
        properties.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 3000);
        properties.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 4000);
        return properties;
    }
}
