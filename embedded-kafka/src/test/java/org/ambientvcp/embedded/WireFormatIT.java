package org.ambientvcp.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.schemas.registry.RegistryException;
import org.ambientvcp.schemas.registry.UnknownSchemaException;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecordBuilder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our thin registry client and serde next to Confluent's client and Flink's coder, on the same registry.
@Timeout(120)
class WireFormatIT {

    private static final Reputation REPUTATION = Reputation.newBuilder()
            .setNodeId("node-1")
            .setAccepted(7)
            .setFailed(2)
            .setDisputes(1)
            .setConsecutiveAccepted(3)
            .build();

    @TempDir
    static Path data;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(data, 0, Map.of());
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void theConfluentClientReadsWhatWeWrote() throws Exception {
        var topic = Topics.REPUTATION;
        var bytes = AvroSerde.of(topic, ourClient()).serialize(topic.name(), REPUTATION);

        var in = new ByteArrayInputStream(bytes);
        var schema = new ConfluentSchemaRegistryCoder(topic.subject(), confluentClient()).readSchema(in);
        var read = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(in, null));

        assertThat(schema.getFullName()).isEqualTo("org.ambientvcp.events.Reputation");
        assertThat(read.get("nodeId")).hasToString("node-1");
        assertThat(read.get("accepted")).isEqualTo(7L);
        assertThat(read.get("consecutiveAccepted")).isEqualTo(3L);
        assertThat(in.available()).isZero();
    }

    @Test
    void weReadWhatTheConfluentClientWrote() throws Exception {
        var topic = Topics.REPUTATION;
        var schema =
                new Schema.Parser().parse(AvroCodec.schema(Reputation.class).toString());
        var out = new ByteArrayOutputStream();
        new ConfluentSchemaRegistryCoder(topic.subject(), confluentClient()).writeSchema(schema, out);
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema)
                .write(
                        new GenericRecordBuilder(schema)
                                .set("nodeId", "node-1")
                                .set("accepted", 7L)
                                .set("failed", 2L)
                                .set("disputes", 1L)
                                .set("consecutiveAccepted", 3L)
                                .build(),
                        encoder);
        encoder.flush();

        var serde = AvroSerde.of(topic, ourClient());

        assertThat(serde.deserialize(topic.name(), out.toByteArray())).isEqualTo(REPUTATION);
        assertThat(serde.serialize(topic.name(), REPUTATION))
                .as("and the same bytes")
                .isEqualTo(out.toByteArray());
    }

    @Test
    void everyTopicsSchemaIsRegisteredAndReadBackByBothClients() throws Exception {
        for (var topic : Topics.all()) {
            var schema = AvroCodec.schema(topic.type());

            var id = ourClient().idOf(topic.subject(), schema);

            var read = confluentClient().getSchemaById(id).canonicalString();
            assertThat(confluentClient().getId(topic.subject(), new AvroSchema(schema.toString())))
                    .as(topic.name())
                    .isEqualTo(id);
            assertThat(new org.apache.avro.Schema.Parser().parse(read))
                    .as(topic.name())
                    .isEqualTo(schema);
            assertThat(ourClient().schemaOf(id)).as(topic.name()).isEqualTo(schema);
        }
    }

    @Test
    void ourClientTellsAnUnknownIdFromARefusal() {
        var client = ourClient();
        client.idOf("refusing-value", SchemaBuilder.record("R").fields().endRecord());
        var breaking = SchemaBuilder.record("R").fields().requiredInt("x").endRecord();

        assertThatThrownBy(() -> client.schemaOf(999_999)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> client.idOf("refusing-value", breaking))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(409));
    }

    private static RegistryClient ourClient() {
        return new RegistryClient(URI.create(registry.url()));
    }

    private static SchemaRegistryClient confluentClient() {
        return new CachedSchemaRegistryClient(
                List.of(registry.url()), 100, List.of(new AvroSchemaProvider()), Map.of());
    }
}
