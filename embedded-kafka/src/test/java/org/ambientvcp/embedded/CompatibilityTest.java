package org.ambientvcp.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {

    private static final String NOTHING = "";
    private static final String REQUIRED = "{\"name\":\"x\",\"type\":\"int\"}";
    private static final String OPTIONAL = "{\"name\":\"x\",\"type\":\"int\",\"default\":0}";

    /// The first column is the history, oldest first, the second the schema that follows: a record without fields (-),
    /// with
    /// a required one (r), with an optional one (o).
    @ParameterizedTest
    @CsvSource(textBlock = """
        # history, next, BACKWARD, BACKWARD_TRANSITIVE, FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE
        -,  o, true,  true,  true,  true,  true,  true
        -,  r, false, false, true,  true,  false, false
        r,  -, true,  true,  false, false, false, false
        o,  -, true,  true,  true,  true,  true,  true
        o,  r, true,  true,  true,  true,  true,  true
        -o, r, true,  false, true,  true,  true,  false
        ro, -, true,  true,  true,  false, true,  false
        """)
    void eachLevelAsksWhatItsNameSays(
            String history, String next, boolean b, boolean bt, boolean f, boolean ft, boolean full, boolean fullT) {
        assertThat(List.of(
                        accepts(Compatibility.BACKWARD, history, next),
                        accepts(Compatibility.BACKWARD_TRANSITIVE, history, next),
                        accepts(Compatibility.FORWARD, history, next),
                        accepts(Compatibility.FORWARD_TRANSITIVE, history, next),
                        accepts(Compatibility.FULL, history, next),
                        accepts(Compatibility.FULL_TRANSITIVE, history, next)))
                .containsExactly(b, bt, f, ft, full, fullT);
        assertThat(accepts(Compatibility.NONE, history, next)).isTrue();
    }

    private static boolean accepts(Compatibility level, String history, String next) {
        var versions = new ArrayList<SchemaVersion>();
        for (var i = 0; i < history.length(); i++) {
            var value = LogRecord.schema("s", i + 1, i + 1, schema(history.substring(i, i + 1)))
                    .value();
            versions.add(SchemaVersion.read(Objects.requireNonNull(value)));
        }
        return level.objections(SchemaVersion.parse(schema(next)), versions).isEmpty();
    }

    private static String schema(String kind) {
        var field = switch (kind) {
            case "r" -> REQUIRED;
            case "o" -> OPTIONAL;
            default -> NOTHING;
        };
        return "{\"type\":\"record\",\"name\":\"A\",\"fields\":[" + field + "]}";
    }
}
