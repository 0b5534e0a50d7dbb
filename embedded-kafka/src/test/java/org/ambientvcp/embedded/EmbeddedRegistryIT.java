package org.ambientvcp.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The registry against Confluent's own client. Tests share the topic, each has a subject of its own.
@Timeout(120)
class EmbeddedRegistryIT {

    @TempDir
    static Path data;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    private SchemaRegistryClient client;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(data, 0, Map.of());
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
        assertThat(broker.fault()).isNull();
        broker.close();
    }

    @BeforeEach
    void connect() {
        client = confluentClient(registry);
    }

    @Test
    void registersOnceAndFindsBySchemaIdAndVersion() throws Exception {
        var v1 = schema("Found", "{\"name\":\"x\",\"type\":\"int\"}");
        var v2 = schema("Found", "{\"name\":\"x\",\"type\":\"int\"},{\"name\":\"y\",\"type\":\"long\",\"default\":0}");

        var id1 = client.register("found-value", v1);
        var id2 = client.register("found-value", v2);

        var other = confluentClient(registry);
        assertThat(id2).isNotEqualTo(id1);
        assertThat(other.register("found-value", v1)).isEqualTo(id1);
        assertThat(other.getId("found-value", v2)).isEqualTo(id2);
        assertThat(other.getVersion("found-value", v2)).isEqualTo(2);
        assertThat(other.getSchemaById(id1).canonicalString()).isEqualTo(v1.canonicalString());
        assertThat(other.getSchemaBySubjectAndId("found-value", id2).canonicalString())
                .isEqualTo(v2.canonicalString());
        assertThat(other.getAllVersions("found-value")).containsExactly(1, 2);
        assertThat(other.getLatestSchemaMetadata("found-value").getId()).isEqualTo(id2);
        assertThat(other.getSchemaMetadata("found-value", 1).getSchema()).isEqualTo(v1.canonicalString());
        assertThat(other.getAllSubjects()).contains("found-value");
        assertThat(other.getAllSubjectsByPrefix("found")).containsExactly("found-value");
        assertThat(other.getAllSubjectsById(id1)).containsExactly("found-value");
        assertThat(other.getAllVersionsById(id2))
                .singleElement()
                .satisfies(found -> assertThat(found.getVersion()).isEqualTo(2));
    }

    @Test
    void refusesAnIncompatibleSchemaWith409() throws Exception {
        client.register("strict-value", schema("Strict", "{\"name\":\"x\",\"type\":\"int\"}"));
        var breaking = schema("Strict", "{\"name\":\"z\",\"type\":\"string\"}");

        assertThat(client.testCompatibility("strict-value", breaking)).isFalse();
        assertThat(client.testCompatibilityVerbose("strict-value", breaking))
                .singleElement()
                .asString()
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertRefused(409, 409, () -> client.register("strict-value", breaking));
        assertThat(client.getAllVersions("strict-value")).containsExactly(1);
    }

    @Test
    void checksAtTheLevelOfTheSubject() throws Exception {
        var v1 = schema("Level", "{\"name\":\"x\",\"type\":\"int\"}");
        var dropped = schema("Level", "");
        client.register("level-value", v1);

        assertRefused(404, 40408, () -> client.getCompatibility("level-value"));
        assertThat(client.testCompatibility("level-value", dropped))
                .as("BACKWARD")
                .isTrue();
        assertThat(client.updateCompatibility("level-value", "FULL")).isEqualTo("FULL");
        assertThat(client.getCompatibility("level-value")).isEqualTo("FULL");
        assertThat(client.testCompatibility("level-value", dropped)).as("FULL").isFalse();
        client.updateCompatibility("level-value", "NONE");
        assertThat(client.register("level-value", schema("Level", "{\"name\":\"x\",\"type\":\"string\"}")))
                .as("NONE")
                .isPositive();
        assertRefused(422, 42203, () -> client.updateCompatibility("level-value", "SIDEWAYS"));
    }

    @Test
    void saysWhatItDidNotFind() throws Exception {
        client.register("there-value", schema("There", "{\"name\":\"x\",\"type\":\"int\"}"));

        assertRefused(404, 40401, () -> client.getLatestSchemaMetadata("nowhere"));
        assertRefused(404, 40401, () -> client.getAllVersions("nowhere"));
        assertRefused(404, 40402, () -> client.getSchemaMetadata("there-value", 9));
        assertRefused(404, 40403, () -> client.getSchemaById(999_999));
        assertRefused(404, 40403, () -> client.getId("there-value", schema("Other", "")));
    }

    @Test
    void deletesSoftlyThenPermanently() throws Exception {
        var v1 = schema("Gone", "{\"name\":\"x\",\"type\":\"int\"}");
        var id = client.register("gone-value", v1);

        assertRefused(404, 40405, () -> client.deleteSubject("gone-value", true));
        assertThat(client.deleteSubject("gone-value")).containsExactly(1);
        assertThat(client.getAllSubjects()).doesNotContain("gone-value");
        assertThat(client.getAllSubjects(true)).contains("gone-value");
        assertThat(confluentClient(registry).getSchemaById(id).canonicalString())
                .isEqualTo(v1.canonicalString());
        assertThat(client.deleteSubject("gone-value", true)).containsExactly(1);
        assertThat(client.getAllSubjects(true)).doesNotContain("gone-value");
        assertRefused(404, 40403, () -> confluentClient(registry).getSchemaById(id));
    }

    @Test
    void idsAndSettingsAreTheSameAfterARestart() throws Exception {
        var v1 = schema("Stable", "{\"name\":\"x\",\"type\":\"int\"}");
        var v2 = schema("Stable", "");
        var id1 = client.register("stable-value", v1);
        var id2 = client.register("stable-value", v2);
        client.updateCompatibility("stable-value", "FORWARD_TRANSITIVE");

        registry.close();
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        var restarted = confluentClient(registry);

        assertThat(restarted.getId("stable-value", v1)).isEqualTo(id1);
        assertThat(restarted.getSchemaById(id2).canonicalString()).isEqualTo(v2.canonicalString());
        assertThat(restarted.getCompatibility("stable-value")).isEqualTo("FORWARD_TRANSITIVE");
        assertThat(restarted.register("stable2-value", schema("New", "")))
                .as("a new id")
                .isGreaterThan(id2);
    }

    @Test
    void givesOneIdToManyWhoRegisterTheSameSchemaAtOnce() throws Exception {
        var schema = schema("Raced", "{\"name\":\"x\",\"type\":\"int\"}");
        var writers = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < 16; i++) {
            var subject = "raced" + i % 4;
            writers.add(() -> confluentClient(registry).register(subject, schema));
        }

        var ids = new HashSet<Integer>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var writer : threads.invokeAll(writers)) ids.add(writer.get());
        }

        assertThat(ids).hasSize(1);
        assertThat(client.getAllVersionsById(ids.iterator().next())).hasSize(4);
    }

    @Test
    void leavesAMalformedRecordOut() throws Exception {
        try (var producer = KafkaFixture.producer(broker.bootstrapServers(), Map.of())) {
            for (var key :
                    List.of("no json", "{\"keytype\":\"SCHEMA\",\"subject\":\"bad\",\"version\":1,\"magic\":1}")) {
                producer.send(new ProducerRecord<>("_schemas", key, "{}")).get();
            }
        }

        assertThat(client.register("after-value", schema("After", ""))).isPositive();
        assertThat(client.getAllSubjects()).doesNotContain("bad");
    }

    @Test
    void refusesATopicThatIsNoSchemaLog() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("two", 2, (short) 1), new NewTopic("forgets", 1, (short) 1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> SchemaTopic.ensure(broker.bootstrapServers(), "two"))
                .isInstanceOf(StartException.class)
                .hasMessage("two has 2 partitions, it must have 1");
        assertThatThrownBy(() -> SchemaTopic.ensure(broker.bootstrapServers(), "forgets"))
                .isInstanceOf(StartException.class)
                .hasMessage("forgets has cleanup.policy=delete, it must be compact");
    }

    @Test
    void saysWhichPortIsTaken() {
        var port = Integer.parseInt(registry.url().substring(registry.url().lastIndexOf(':') + 1));

        assertThatThrownBy(() -> EmbeddedRegistry.start(broker.bootstrapServers(), port))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("Address already in use");
    }

    @Test
    void takesASchemaAlmostAsLargeAsARequest() throws Exception {
        var doc = "\\u00e4\\\"".repeat(50_000); // escapes grow when JSON is put into JSON
        var large = new AvroSchema("{\"type\":\"record\",\"name\":\"Large\",\"doc\":\"" + doc + "\",\"fields\":[]}");
        assertThat(large.canonicalString().getBytes(StandardCharsets.UTF_8).length)
                .isGreaterThan(150_000);

        var id = client.register("large-value", large);

        assertThat(confluentClient(registry).getSchemaById(id).canonicalString())
                .isEqualTo(large.canonicalString());
    }

    private static AvroSchema schema(String name, String fields) {
        return new AvroSchema("{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + fields + "]}");
    }

    private static SchemaRegistryClient confluentClient(EmbeddedRegistry registry) {
        return new CachedSchemaRegistryClient(
                List.of(registry.url()), 100, List.of(new AvroSchemaProvider()), Map.of());
    }

    private static void assertRefused(int status, int code, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(RestClientException.class, e -> {
            assertThat(e.getStatus()).isEqualTo(status);
            assertThat(e.getErrorCode()).isEqualTo(code);
        });
    }
}
