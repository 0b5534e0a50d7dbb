package org.ambientvcp.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Decisions and the store together: what a decision appends is applied, as the log does it.
class SchemaChangeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V1 = schema("{\"name\":\"x\",\"type\":\"int\"}");
    private static final String V2 =
            schema("{\"name\":\"x\",\"type\":\"int\"},{\"name\":\"y\",\"type\":\"long\",\"default\":0}");
    private static final String BREAKING = schema("{\"name\":\"z\",\"type\":\"string\"}");

    private final SchemaStore store = new SchemaStore();
    private final List<LogRecord> log = new ArrayList<>();

    private static String schema(String fields) {
        return "{\"type\":\"record\",\"name\":\"A\",\"fields\":[" + fields + "]}";
    }

    @Test
    void numbersVersionsWithinASubjectAndIdsAcrossThem() {
        assertThat(register("a", V1)).isEqualTo(1);
        assertThat(register("a", V2)).isEqualTo(2);
        assertThat(register("b", V2)).as("the same schema elsewhere").isEqualTo(2);
        assertThat(register("b", V2)).as("again").isEqualTo(2);

        assertThat(store.versions("a")).extracting(SchemaVersion::version).containsExactly(1, 2);
        assertThat(store.withId(2)).extracting(SchemaVersion::subject).containsExactly("a", "b");
        assertThat(log).as("nothing is written twice").hasSize(3);
    }

    @Test
    void writesTheRecordsOfAConfluentRegistry() {
        register("a", "\"int\"");
        make(SchemaChange.setLevel("a", "full"));
        make(SchemaChange.setLevel(null, "NONE"));
        make(SchemaChange.deleteVersion(store, "a", 1, false));
        make(SchemaChange.deleteVersion(store, "a", 1, true));
        register("a", "\"int\"");
        make(SchemaChange.deleteSubject(store, "a", false));

        assertThat(log)
                .extracting(logged -> logged.key() + " " + logged.value())
                .containsExactly(
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1}"
                            + " {\"subject\":\"a\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\",\"deleted\":false}",
                        "{\"keytype\":\"CONFIG\",\"subject\":\"a\",\"magic\":0} {\"compatibilityLevel\":\"FULL\"}",
                        "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0} {\"compatibilityLevel\":\"NONE\"}",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1}"
                            + " {\"subject\":\"a\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\",\"deleted\":true}",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1} null",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1}"
                            + " {\"subject\":\"a\",\"version\":1,\"id\":2,\"schema\":\"\\\"int\\\"\",\"deleted\":false}",
                        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"a\",\"magic\":0}"
                                + " {\"subject\":\"a\",\"version\":1}",
                        "{\"keytype\":\"CONFIG\",\"subject\":\"a\",\"magic\":0} null");
    }

    @Test
    void replayOfTheLogGivesTheSameStore() {
        register("a", V1);
        register("a", V2);
        register("b", BREAKING);
        make(SchemaChange.deleteVersion(store, "a", 1, false));
        make(SchemaChange.deleteSubject(store, "b", false));
        make(SchemaChange.setLevel("a", "NONE"));

        var replayed = new SchemaStore();
        log.forEach(logged -> replayed.apply(logged.key(), logged.value()));

        assertThat(replayed.all(version -> true)).isEqualTo(store.all(version -> true));
        assertThat(replayed.nextId()).isEqualTo(4);
        assertThat(replayed.level("a")).isEqualTo(Compatibility.NONE);
    }

    @Test
    void refusesWhatCannotReadOldDataAndRegistersNothing() {
        register("a", V1);

        assertRefused(409, () -> register("a", BREAKING));

        assertThat(store.versions("a")).hasSize(1);
    }

    @Test
    void takesAnythingAtLevelNone() {
        register("a", V1);
        make(SchemaChange.setLevel("a", "NONE"));

        assertThat(register("a", BREAKING)).isEqualTo(2);
    }

    @Test
    void theSubjectsLevelComesBeforeTheGlobalOne() {
        make(SchemaChange.setLevel(null, "NONE"));
        make(SchemaChange.setLevel("a", "BACKWARD"));
        register("a", V1);

        assertRefused(409, () -> register("a", BREAKING));
        make(SchemaChange.removeLevel(store, "a"));
        assertThat(register("a", BREAKING)).isEqualTo(2);
        assertRefused(40408, () -> SchemaChange.removeLevel(store, "a"));
    }

    @Test
    void aSoftlyDeletedVersionLeavesItsSubjectButNotItsId() {
        register("a", V1);
        register("a", V2);

        make(SchemaChange.deleteVersion(store, "a", 2, false));

        assertThat(store.live("a")).extracting(SchemaVersion::version).containsExactly(1);
        assertThat(store.withId(2)).hasSize(1);
        assertThat(register("a", V2)).as("its id again").isEqualTo(2);
        assertThat(store.live("a")).extracting(SchemaVersion::version).containsExactly(1, 3);
    }

    @Test
    void deletesPermanentlyOnlyWhatIsSoftlyDeleted() {
        register("a", V1);

        assertRefused(40407, () -> SchemaChange.deleteVersion(store, "a", 1, true));
        assertRefused(40405, () -> SchemaChange.deleteSubject(store, "a", true));
        make(SchemaChange.deleteVersion(store, "a", 1, false));
        assertRefused(40406, () -> SchemaChange.deleteVersion(store, "a", 1, false));
        assertRefused(40404, () -> SchemaChange.deleteSubject(store, "a", false));
        make(SchemaChange.deleteSubject(store, "a", true));
        assertRefused(40401, () -> SchemaChange.deleteSubject(store, "a", true));
        assertRefused(40402, () -> SchemaChange.deleteVersion(store, "a", 1, true));

        assertThat(store.withId(1)).isEmpty();
        assertThat(register("a", V2)).as("an id is not given twice").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "__GLOBAL", "__EMPTY"})
    void refusesASubjectWithoutAName(String subject) {
        assertRefused(42208, () -> register(subject, V1));
    }

    @Test
    void refusesALevelThatIsNone() {
        assertRefused(42203, () -> SchemaChange.setLevel(null, "SIDEWAYS"));
    }

    @Test
    void keepsWhatOnlyAConfluentRegistryKnows() throws Exception {
        apply(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"p\",\"version\":1,\"magic\":1}",
                "{\"subject\":\"p\",\"version\":1,\"id\":7,\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = ..\","
                        + "\"metadata\":{\"owner\":\"me\"},\"deleted\":false}");
        apply("{\"keytype\":\"CONTEXT\",\"tenant\":\"t\",\"context\":\"c\",\"magic\":0}", "{}");

        assertRefused(409, () -> register("p", V1));
        make(SchemaChange.deleteVersion(store, "p", 1, false));

        assertThat(String.valueOf(log.getLast().value())).contains("\"metadata\":{\"owner\":\"me\"}");
        assertThat(register("q", V1)).isEqualTo(8);
    }

    @Test
    void isClosedForWritingWhereAConfluentRegistryClosedIt() throws Exception {
        apply("{\"keytype\":\"MODE\",\"subject\":\"a\",\"magic\":0}", "{\"mode\":\"READONLY\"}");

        assertRefused(42205, () -> register("a", V1));
        assertThat(register("b", V1)).isEqualTo(1);

        apply("{\"keytype\":\"MODE\",\"subject\":\"a\",\"magic\":0}", null);
        assertThat(register("a", V1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "{\"subject\":\"a\",\"version\":\"1\",\"id\":1,\"schema\":\"x\"}",
                "{\"subject\":\"a\",\"version\":1,\"id\":99999999999,\"schema\":\"x\"}",
                "{\"subject\":\"a\",\"version\":1,\"id\":1}"
            })
    void aMalformedRecordChangesNothing(String value) {
        assertThatThrownBy(() -> apply("{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1}", value))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(store.all(version -> true)).isEmpty();
    }

    private int register(String subject, String schema) {
        return make(SchemaChange.register(store, subject, schema));
    }

    private <T> T make(SchemaChange<T> change) {
        for (var logged : change.records()) {
            store.apply(logged.key(), logged.value());
            log.add(logged);
        }
        return change.answer();
    }

    private void apply(String key, @Nullable String value) throws JsonProcessingException {
        store.apply(JSON.readTree(key), value == null ? null : JSON.readTree(value));
    }

    private static void assertRefused(int code, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        RegistryError.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
