package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Somebody who has nothing of ours: asks the registry for the topic's schema and writes generic records.
final class GenericProducer implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final String topic;
    private final int id;
    private final Schema schema;

    GenericProducer(String bootstrapServers, String registry, String topic) throws Exception {
        this.topic = topic;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        try (var http = HttpClient.newHttpClient()) {
            var latest = URI.create(registry + "/subjects/" + topic + "-value/versions/latest");
            var answer = http.send(HttpRequest.newBuilder(latest).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            var json = new JsonMapper().readTree(answer.body());
            id = json.path("id").asInt();
            schema = new Schema.Parser().parse(json.path("schema").asText());
        }
    }

    Schema schema() {
        return schema;
    }

    void send(String key, GenericRecord value) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var header = new DataOutputStream(bytes);
        header.writeByte(0);
        header.writeInt(id);
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        producer.send(new ProducerRecord<>(topic, key, bytes.toByteArray())).get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
