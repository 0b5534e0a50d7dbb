package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.SlotClass;
import org.ambientvcp.events.Tick;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroCodecTest {
    private static final CellSummary SUMMARY =
            new CellSummary(3, 77L, 1, 2, 0, 1, List.of(new SlotClass("eu", NodeType.EDGE, 1, 2)), 0, 0);

    static List<Class<? extends SpecificRecord>> types() {
        return EventTypes.all();
    }

    @Test
    void theContractsHaveTheRecordsTheTopicsName() {
        var types = types();

        assertThat(types).hasSizeGreaterThan(40);
        for (var topic : Topics.all()) assertThat(types).contains(topic.type());
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void whatIsWrittenIsRead(Class<T> type) {
        var records = new RandomRecords(new Random(1));
        for (int i = 0; i < 200; i++) {
            var record = records.next(type);

            var bytes = AvroCodec.encode(record);

            assertThat(AvroCodec.decode(type, bytes)).isEqualTo(record);
            assertThat(AvroCodec.encode(AvroCodec.decode(type, bytes))).isEqualTo(bytes);
            assertThat(SingleObject.decode(type, SingleObject.encode(record))).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void trailingBytesAreRefused(Class<T> type) {
        var bytes = AvroCodec.encode(new RandomRecords(new Random(2)).next(type));

        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> AvroCodec.decode(type, Arrays.copyOf(bytes, bytes.length + 1)))
                .withMessage(type.getSimpleName() + " has trailing bytes");
    }

    /// No maps, whose order nobody fixes, and no floats, whose bits two machines may differ in.
    @ParameterizedTest
    @MethodSource("types")
    void equalRecordsHaveEqualBytesOnEveryMachine(Class<? extends SpecificRecord> type) {
        assertThat(AvroCodec.schema(type).toString())
                .doesNotContain("\"map\"")
                .doesNotContain("\"float\"")
                .doesNotContain("\"double\"");
    }

    @Test
    void theEncodingIsPinned() {
        assertThat(HexFormat.of().formatHex(AvroCodec.encode(SUMMARY)))
                .isEqualTo("069a010204000202046575040204" + "00" + "0000");
    }

    @Test
    void aCopySharesNothing() {
        var copy = AvroCodec.copy(CellSummary.class, SUMMARY);

        assertThat(copy).isEqualTo(SUMMARY).isNotSameAs(SUMMARY);
        assertThat(copy.getClasses().getFirst())
                .isNotSameAs(SUMMARY.getClasses().getFirst());
    }

    @Test
    void anOlderWriterIsReadWithTheDefaultsOfTheReader() {
        var older = withoutField(AvroCodec.schema(org.ambientvcp.events.TaskOffer.class), "summaryVersion");
        var record = new RandomRecords(new Random(3)).next(org.ambientvcp.events.TaskOffer.class);
        var bytes = AvroCodec.encode(record);
        var last = AvroCodec.encode(new Tick(record.getSummaryVersion())).length;

        var read = AvroCodec.decode(
                org.ambientvcp.events.TaskOffer.class, older, Arrays.copyOf(bytes, bytes.length - last), 0);

        assertThat(read.getTask()).isEqualTo(record.getTask());
        assertThat(read.getSummaryVersion()).isZero();
    }

    @Test
    void aRecursiveWriterSchemaThatNestsWithoutEndIsMalformed() {
        var recursive = new Schema.Parser().parse("""
            {"type": "record", "name": "Tick", "namespace": "org.ambientvcp.events", "fields": [
              {"name": "sequence", "type": "long"},
              {"name": "next", "type": ["null", "Tick"]}]}\
            """);
        var nested = new byte[2_000_000];
        for (int i = 0; i < nested.length; i += 2) nested[i + 1] = 2; // sequence 0, next: a Tick

        assertMalformed(() -> AvroCodec.decode(Tick.class, recursive, nested, 0));
    }

    @Test
    void manyItemsOfNoSizeAreMalformed() {
        var writer = SchemaBuilder.record("Tick")
                .namespace("org.ambientvcp.events")
                .fields()
                .requiredLong("sequence")
                .name("nothing")
                .type(SchemaBuilder.array().items(SchemaBuilder.builder().nullType()))
                .noDefault()
                .endRecord();

        assertMalformed(
                () -> AvroCodec.decode(Tick.class, writer, HexFormat.of().parseHex("00" + "feffffffffffffff7f00"), 0));
    }

    private static Schema withoutField(Schema schema, String name) {
        var fields = schema.getFields().stream()
                .filter(field -> !field.name().equals(name))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable decoding) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(decoding)
                .withMessageContaining("is not valid Avro");
    }
}
