package org.ambientvcp.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
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

    /// Reads VCP_BOOTSTRAP_SERVERS, VCP_SCHEMA_REGISTRY_URL, the file that VCP_CLIENT_PROPERTIES_FILE names and
    /// everything
    /// that starts with VCP_KAFKA_, which wins over the file.
    public static KafkaConnection from(Settings settings) {
        return new KafkaConnection(
                settings.text("VCP_BOOTSTRAP_SERVERS"),
                clientProperties(settings),
                new RegistryClient(settings.url("VCP_SCHEMA_REGISTRY_URL")));
    }

    /// An admin client by the same settings, for those who need no registry.
    public static Admin adminFrom(Settings settings) {
        var all = new HashMap<String, Object>(clientProperties(settings));
        all.putIfAbsent(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.text("VCP_BOOTSTRAP_SERVERS"));
        return Admin.create(all);
    }

    private static Map<String, String> clientProperties(Settings settings) {
        var all = new HashMap<String, String>();
        var file = settings.find("VCP_CLIENT_PROPERTIES_FILE");
        if (file != null) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                // The file may hold a password, so nothing of it is said.
                throw new InvalidSettingException("VCP_CLIENT_PROPERTIES_FILE cannot be read: " + file + " ("
                        + unreadable.getClass().getSimpleName() + ")");
            }
            properties.forEach((name, value) -> all.put(name.toString(), value.toString()));
        }
        all.putAll(settings.clientProperties("VCP_KAFKA_"));
        return all;
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
