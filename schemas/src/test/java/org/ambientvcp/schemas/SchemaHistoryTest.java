package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every record type keeps all its schemas: what was ever written to a topic, signed or stored can be read.
///
/// `schema-history/TYPE.vN.avsc` is version N; `schema-samples/TYPE.vN.hex` is a record written with it. After a
/// change of the .avdl files, with `-Dcontracts.write=next` this test writes the next version of each type that
/// changed, with `-Dcontracts.write=rewrite` it replaces the newest one, which is right while no release has it.
class SchemaHistoryTest {
    static final String WRITE = System.getProperty("contracts.write", "");
    private static final Path HISTORY = Path.of("src/main/resources/schema-history");
    private static final Path SAMPLES = Path.of("src/test/resources/schema-samples");
    private static final String COMMAND =
            "%s is not the newest version in schema-history; write it with: mvn -q -pl schemas test"
                    + " -Dtest=SchemaHistoryTest -Dcontracts.write=next (rewrite: while no release has the newest)";

    static List<Class<? extends SpecificRecord>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    void theCurrentSchemaIsTheNewestVersion(Class<? extends SpecificRecord> type) throws IOException {
        var current = SchemaFormatter.format("json/pretty", AvroCodec.schema(type)) + "\n";
        var newest = newestVersion(type);
        if (!WRITE.isEmpty()
                && (newest == 0 || !Files.readString(schemaFile(type, newest)).equals(current))) {
            newest = WRITE.equals("next") ? newest + 1 : Math.max(newest, 1);
            Files.createDirectories(HISTORY);
            Files.createDirectories(SAMPLES);
            Files.writeString(schemaFile(type, newest), current);
            Files.writeString(sampleFile(type, newest), sample(type));
        }

        assertThat(newest).as(COMMAND, type.getSimpleName()).isPositive();
        assertThat(Files.readString(schemaFile(type, newest)))
                .as(COMMAND, type.getSimpleName())
                .isEqualTo(current);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyVersionCanBeRead(Class<? extends SpecificRecord> type) throws IOException {
        for (int version = 1; version <= newestVersion(type); version++) {
            var older = new Schema.Parser().parse(Files.readString(schemaFile(type, version)));

            var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(AvroCodec.schema(type), older);

            assertThat(compatibility.getType())
                    .as(() -> type.getSimpleName() + ": " + compatibility.getDescription())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aStoredRecordOfEveryVersionIsRead(Class<? extends SpecificRecord> type) throws IOException {
        var newest = newestVersion(type);
        for (int version = 1; version <= newest; version++) {
            var stored = HexFormat.of()
                    .parseHex(Files.readString(sampleFile(type, version)).replaceAll("\\s", ""));

            var record = SingleObject.decode(type, stored);

            if (version == newest) assertThat(SingleObject.encode(record)).isEqualTo(stored);
        }
    }

    @Test
    void noHistoryIsOfATypeThatIsGone() throws IOException {
        var names = types().stream().map(Class::getSimpleName).toList();
        try (var files = Files.list(HISTORY)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("\\.v\\d+\\.avsc", "")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(names).contains(name));
        }
    }

    @Test
    void aVersionThatCannotBeReadIsNoticed() {
        var current = AvroCodec.schema(org.ambientvcp.events.Tick.class);
        var other = new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"Tick\", \"namespace\": \"org.ambientvcp.events\","
                        + " \"fields\": [{\"name\": \"other\", \"type\": \"long\"}]}");

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(current, other)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
    }

    private static int newestVersion(Class<?> type) {
        int version = 0;
        while (Files.exists(schemaFile(type, version + 1))) version++;
        return version;
    }

    private static Path schemaFile(Class<?> type, int version) {
        return HISTORY.resolve(type.getSimpleName() + ".v" + version + ".avsc");
    }

    private static Path sampleFile(Class<?> type, int version) {
        return SAMPLES.resolve(type.getSimpleName() + ".v" + version + ".hex");
    }

    /// The longest of some random records, in lines of 64 bytes.
    private static String sample(Class<? extends SpecificRecord> type) {
        var records = new RandomRecords(new Random(type.getSimpleName().hashCode()));
        var longest = new byte[0];
        for (int i = 0; i < 5; i++) {
            var bytes = SingleObject.encode(records.next(type));
            if (bytes.length > longest.length) longest = bytes;
        }
        return HexFormat.of().formatHex(longest).replaceAll("(.{128})", "$1\n") + "\n";
    }
}
