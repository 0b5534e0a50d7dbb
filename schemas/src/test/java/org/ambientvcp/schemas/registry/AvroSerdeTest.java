package org.ambientvcp.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroSerdeTest {
    private static final String TOPIC = Topics.BALANCES.name();
    private static final AccountBalance BALANCE = new AccountBalance("node:n1", -5L, 1_000L, null, null);
    private static final String BODY = "0e6e6f64653a6e31" + "09" + "d00f";
    /// Without tasks in flight and quota.
    private static final String NULLS = "0000";

    private final SchemaRegistry registry = SchemaRegistry.inMemory();
    private final AvroSerde<AccountBalance> serde = AvroSerde.of(Topics.BALANCES, registry);

    @Test
    void theWireFormatIsConfluents() {
        registry.idOf("other-value", Schema.create(Schema.Type.STRING)); // takes id 1

        var bytes = serde.serialize(TOPIC, BALANCE);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("00" + "00000002" + BODY + NULLS);
        assertThat(serde.deserialize(TOPIC, bytes)).isEqualTo(BALANCE);
    }

    @Test
    @SuppressWarnings("NullAway") // a tombstone is null by Kafka's contract
    void tombstonesStayTombstones() {
        assertThat(serde.serialize(TOPIC, null)).isNull();
        assertThat(serde.deserialize(TOPIC, null)).isNull();
    }

    @Test
    void anOlderWriterIsRead() {
        var older = SchemaBuilder.record("AccountBalance")
                .namespace("org.ambientvcp.events")
                .fields()
                .requiredString("account")
                .requiredInt("balanceMicros") // widened to long since
                .requiredLong("updatedAtEpochMillis")
                .endRecord();
        var id = registry.idOf(TOPIC + "-value", older);

        assertThat(serde.deserialize(TOPIC, bytes(id, BODY))).isEqualTo(BALANCE);
    }

    @Test
    void aNewerWriterWithOneMoreFieldIsRead() {
        var newer = SchemaBuilder.record("AccountBalance")
                .namespace("org.ambientvcp.events")
                .fields()
                .requiredString("account")
                .requiredLong("balanceMicros")
                .requiredString("currency")
                .requiredLong("updatedAtEpochMillis")
                .endRecord();
        var id = registry.idOf(TOPIC + "-value", newer);

        assertThat(serde.deserialize(TOPIC, bytes(id, "0e6e6f64653a6e31" + "09" + "06455552" + "d00f")))
                .isEqualTo(BALANCE);
    }

    @Test
    void aWriterThatCannotBeReadAsThisTypeIsMalformed() {
        var other = SchemaBuilder.record("AccountBalance")
                .namespace("org.ambientvcp.events")
                .fields()
                .requiredLong("account")
                .endRecord();
        var id = registry.idOf("elsewhere-value", other);

        assertRefused(bytes(id, "02"), "AccountBalance is not valid Avro");
    }

    @Test
    void anotherRecordTypeIsMalformed() {
        var id = registry.idOf("elsewhere-value", AvroCodec.schema(Topics.TASKS.type()));

        assertRefused(bytes(id, BODY), "expected org.ambientvcp.events.AccountBalance, got org.ambientvcp.events.Task");
    }

    @ParameterizedTest
    @CsvSource({
        "'', got 0 bytes",
        "00000001, got 4 bytes",
        "0100000001, that start with 0x01",
        "c301deadbeef, that start with 0xc3",
        "000000000902, schema id 9 is unknown to the registry",
        "00ffffffff02, schema id -1 is unknown to the registry",
    })
    void whatIsNotTheWireFormatIsMalformed(String hex, String message) {
        assertRefused(HexFormat.of().parseHex(hex), message);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNoFaultOfTheRecord() {
        var away = new SchemaRegistry() {
            @Override
            public int idOf(String subject, Schema schema) {
                throw new RegistryException("away", 0, null);
            }

            @Override
            public Schema schemaOf(int id) {
                throw new RegistryException("away", 0, null);
            }
        };

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> AvroSerde.of(Topics.BALANCES, away).deserialize(TOPIC, bytes(1, BODY)));
    }

    private void assertRefused(byte[] bytes, String message) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> serde.deserialize(TOPIC, bytes))
                .withMessageContaining(message);
    }

    private static byte[] bytes(int id, String body) {
        return HexFormat.of().parseHex("00" + "%08x".formatted(id) + body);
    }
}
