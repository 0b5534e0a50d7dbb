package org.ambientvcp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.RegistryClient;
import org.ambientvcp.schemas.registry.RegistryException;
import org.ambientvcp.schemas.registry.UnknownSchemaException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What we ask of any registry with Confluent's interface, by our client and by Confluent's own: subjects, ids, levels
/// of compatibility, errors. Each test has subjects of its own.
abstract class RegistryContract {
    /// Where the registry is.
    abstract String url();

    @Test
    void everySchemaOfTheCatalogueHasOneIdForBothClients() throws Exception {
        for (var topic : Topics.all()) {
            var schema = AvroCodec.schema(topic.type());

            var id = ours().idOf(topic.subject(), schema);

            assertThat(ours().idOf(topic.subject(), schema)).as("again").isEqualTo(id);
            assertThat(ours().schemaOf(id)).as(topic.name()).isEqualTo(schema);
            assertThat(theirs().getId(topic.subject(), new AvroSchema(schema.toString())))
                    .as(topic.name())
                    .isEqualTo(id);
            assertThat(new Schema.Parser().parse(theirs().getSchemaById(id).canonicalString()))
                    .as(topic.name())
                    .isEqualTo(schema);
        }
        assertThat(theirs().getAllSubjects())
                .containsAll(Topics.all().stream().map(topic -> topic.subject()).toList());
    }

    @Test
    void aSchemaHasTheSameIdUnderEverySubject() {
        var schema = record("Shared").fields().requiredInt("x").endRecord();

        assertThat(ours().idOf("shared-one-value", schema)).isEqualTo(ours().idOf("shared-two-value", schema));
    }

    @Test
    void versionsCountUpAndTheLatestIsTheLast() throws Exception {
        var first = record("Grows").fields().requiredInt("x").endRecord();
        var second = record("Grows").fields().requiredInt("x").optionalLong("y").endRecord();

        var firstId = ours().idOf("grows-value", first);
        var secondId = ours().idOf("grows-value", second);

        assertThat(secondId).isNotEqualTo(firstId);
        assertThat(theirs().getAllVersions("grows-value")).containsExactly(1, 2);
        assertThat(theirs().getLatestSchemaMetadata("grows-value").getId()).isEqualTo(secondId);
        assertThat(theirs().getVersion("grows-value", new AvroSchema(first.toString())))
                .isEqualTo(1);
    }

    @Test
    void aSchemaThatBreaksReadersIsRefusedWith409() throws Exception {
        theirs().updateCompatibility("strict-value", "BACKWARD");
        ours().idOf("strict-value", record("Strict").fields().requiredInt("x").endRecord());
        var breaking =
                record("Strict").fields().requiredInt("x").requiredInt("y").endRecord();

        assertThat(theirs().testCompatibility("strict-value", new AvroSchema(breaking.toString())))
                .isFalse();
        assertThatThrownBy(() -> ours().idOf("strict-value", breaking))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.status()).isEqualTo(409));
        assertThat(theirs().getAllVersions("strict-value")).containsExactly(1);
    }

    @Test
    void theLevelOfASubjectDecides() throws Exception {
        theirs().updateCompatibility("level-value", "FULL");
        ours().idOf("level-value", record("Level").fields().requiredInt("x").endRecord());
        var dropped = new AvroSchema(record("Level").fields().endRecord().toString());

        assertThat(theirs().getCompatibility("level-value")).isEqualTo("FULL");
        assertThat(theirs().testCompatibility("level-value", dropped))
                .as("FULL")
                .isFalse();
        assertThat(theirs().updateCompatibility("level-value", "BACKWARD")).isEqualTo("BACKWARD");
        assertThat(theirs().testCompatibility("level-value", dropped))
                .as("BACKWARD")
                .isTrue();
        assertThat(theirs().updateCompatibility("level-value", "NONE")).isEqualTo("NONE");
        assertThat(ours().idOf(
                                "level-value",
                                record("Level").fields().requiredString("z").endRecord()))
                .isPositive();
    }

    @Test
    void whatIsNotThereIsNamedByItsCode() {
        assertThatThrownBy(() -> ours().schemaOf(999_999)).isInstanceOf(UnknownSchemaException.class);
        assertRefused(404, 40403, () -> theirs().getSchemaById(999_999));
        assertRefused(404, 40401, () -> theirs().getLatestSchemaMetadata("nowhere-value"));
        assertRefused(404, 40401, () -> theirs().getAllVersions("nowhere-value"));
    }

    RegistryClient ours() {
        return new RegistryClient(URI.create(url()));
    }

    SchemaRegistryClient theirs() {
        return new CachedSchemaRegistryClient(List.of(url()), 100, List.of(new AvroSchemaProvider()), Map.of());
    }

    private static SchemaBuilder.RecordBuilder<Schema> record(String name) {
        return SchemaBuilder.record(name).namespace("org.ambientvcp.contract");
    }

    private static void assertRefused(int status, int code, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(RestClientException.class, refused -> {
            assertThat(refused.getStatus()).isEqualTo(status);
            assertThat(refused.getErrorCode()).isEqualTo(code);
        });
    }
}
