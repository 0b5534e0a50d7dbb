package org.ambientvcp.it;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.service.KafkaConnection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// What tests do with the brokers directly: any bytes in, everything out. Thread-safe.
final class KafkaSide implements AutoCloseable {
    private final KafkaConnection connection;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaSide(String bootstrapServers, String registryUrl) {
        this(new KafkaConnection(bootstrapServers, Map.of(), new RegistryClient(URI.create(registryUrl))));
    }

    KafkaSide(KafkaConnection connection) {
        this.connection = connection;
        producer = new KafkaProducer<>(
                new HashMap<>(connection.clientProperties()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    KafkaConnection connection() {
        return connection;
    }

    /// Sends bytes; where they are when the brokers have them.
    ///
    /// @param partition null: by the key
    RecordMetadata send(Topic<?> topic, @Nullable Integer partition, String key, byte @Nullable [] value)
            throws Exception {
        return producer.send(new ProducerRecord<>(topic.name(), partition, key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    <V extends SpecificRecord> RecordMetadata send(Topic<V> topic, String key, V value) throws Exception {
        return send(topic, null, key, bytes(topic, value));
    }

    <V extends SpecificRecord> byte[] bytes(Topic<V> topic, V value) {
        return AvroSerde.of(topic, connection.registry()).serialize(topic.name(), value);
    }

    /// Everything in a topic now.
    <V extends SpecificRecord> List<Event<V>> read(Topic<V> topic) {
        try (var reader = new TopicReader<>(connection, topic)) {
            return reader.all();
        }
    }

    /// The first event of this kind, once there is one.
    <V extends SpecificRecord> Event<V> await(Topic<V> topic, String what, Predicate<Event<V>> wanted)
            throws Exception {
        try (var reader = new TopicReader<>(connection, topic)) {
            return reader.first(what, wanted);
        }
    }

    /// The dead letter about a record, once there is one.
    DeadLetter deadLetter(RecordMetadata about) throws Exception {
        return deadLetters(List.of(about)).getFirst();
    }

    /// The dead letters about records, in the same order, once they are all there.
    List<DeadLetter> deadLetters(List<RecordMetadata> about) throws Exception {
        try (var reader = new TopicReader<>(connection, Topics.DEAD_LETTERS)) {
            var letters = new ArrayList<DeadLetter>();
            for (var record : about)
                letters.add(reader.first("a letter about " + record, event -> isAbout(event.value(), record))
                        .value());
            return letters;
        }
    }

    private static boolean isAbout(DeadLetter letter, RecordMetadata record) {
        return letter.getOriginTopic().equals(record.topic())
                && letter.getOriginPartition() == record.partition()
                && letter.getOriginOffset() == record.offset();
    }

    /// Gives money; once for each id.
    void grant(String grantId, String account, long amountMicros) throws Exception {
        send(
                Topics.LEDGER_COMMANDS,
                account,
                new LedgerCommand(new GrantFunds(grantId, account, amountMicros, "integration test")));
    }

    @Override
    public void close() {
        producer.close();
    }
}
