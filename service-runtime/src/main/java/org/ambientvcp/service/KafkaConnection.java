package org.ambientvcp.service;

import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// How to reach the brokers and the schema registry. Thread-safe.
///
/// @param bootstrapServers `host:port`, separated by commas
/// @param properties further Kafka client settings (TLS, SASL, …); they win over ours
/// @param registry ids of schemas
public record KafkaConnection(String bootstrapServers, Map<String, String> properties, SchemaRegistry registry) {

    public KafkaConnection {
        properties = Map.copyOf(properties);
    }

    /// Reads VCP_BOOTSTRAP_SERVERS, VCP_SCHEMA_REGISTRY_URL and everything that starts with VCP_KAFKA_.
    public static KafkaConnection from(Settings settings) {
        return new KafkaConnection(
                settings.text("VCP_BOOTSTRAP_SERVERS"),
                settings.clientProperties("VCP_KAFKA_"),
                new RegistryClient(settings.url("VCP_SCHEMA_REGISTRY_URL")));
    }

    /// Settings that every client has.
    public Map<String, Object> clientProperties() {
        var all = new HashMap<String, Object>();
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.putAll(properties);
        return all;
    }

    /// An idempotent producer that sends at once and loses nothing.
    ///
    /// @param source who produces, for the CloudEvents header `ce_source`
    public Map<String, Object> producerProperties(String source) {
        var all = new HashMap<String, Object>();
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        all.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, CloudEventsInterceptor.class.getName());
        all.put(CloudEventsInterceptor.SOURCE, source);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicAdmin.MAX_RECORD_BYTES);
        all.putAll(clientProperties());
        return all;
    }

    /// A consumer that sees committed records only and commits by hand.
    public Map<String, Object> consumerProperties() {
        var all = new HashMap<String, Object>();
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.putAll(clientProperties());
        return all;
    }

    /// Without the properties and the registry, which may hold passwords.
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + "]";
    }

    public Admin admin() {
        return Admin.create(clientProperties());
    }
}
