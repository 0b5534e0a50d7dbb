package org.ambientvcp.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.Limits;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.events.Verification;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.gateway.Samples;
import org.ambientvcp.schemas.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskJsonTest {
    private static final String LEAST = """
        {"taskId":"t","tenant":"acme","moduleSha256":"%s","entry":{"wasi":["-n"]},"rewardMicros":5,
         "submittedAtEpochMillis":1,"submittedBy":"me","verification":{"level":"SIGNED"}}\
        """.formatted(Samples.SHA);

    @Test
    void aTaskSurvivesTheWayThroughJson() {
        var json = StrictJson.object(StrictJson.bytes(AvroToJson.of(Samples.task())));

        assertThat(JsonToAvro.read(Task.class, json)).isEqualTo(Samples.task());
    }

    @Test
    void aStatusWithResultSurvivesTheWayThroughJson() {
        var status = Samples.accepted("t", "acme", 5, Samples.blob(Samples.SHA, 5));

        var json = StrictJson.object(StrictJson.bytes(AvroToJson.of(status)));

        assertThat(JsonToAvro.read(TaskStatus.class, json)).isEqualTo(status);
        assertThat(json.at("/result/values/0").asText()).isEqualTo("i32:-1");
        assertThat(json.at("/replicas/0/explanation/filtered/0/rule").asText()).isEqualTo("breaker");
    }

    @Test
    void whatIsNotSaidTakesTheDefaultsOfTheContract() {
        var task = JsonToAvro.read(Task.class, json(LEAST));

        assertThat(task.getLimits()).isEqualTo(Limits.newBuilder().build());
        assertThat(task.getVerification())
                .isEqualTo(Verification.newBuilder()
                        .setLevel(VerificationLevel.SIGNED)
                        .build());
        assertThat(task.getPriority()).isEqualTo(2);
        assertThat(task.getStrategy()).isNull();
        assertThat(task.getEntry()).isEqualTo(new WasiEntry(List.of("-n")));
    }

    @Test
    void inputIsTextOrBase64OrABlob() {
        assertThat(Bytes.of(((InlineBytes) input("{\"text\":\"grüße\"}")).getBytes()))
                .isEqualTo("grüße".getBytes(UTF_8));
        assertThat(Bytes.of(((InlineBytes) input("{\"base64\":\"AP8=\"}")).getBytes()))
                .containsExactly(0, 0xff);
        assertThat(input("{\"sha256\":\"ab\"}")).isEqualTo(new BlobRef("ab", JsonToAvro.SIZE_UNKNOWN));
        assertThat(input("{\"sha256\":\"ab\",\"sizeBytes\":7}")).isEqualTo(new BlobRef("ab", 7L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour | \"red\" | colour | is unknown",
                "limits | {\"gass\":1} | limits.gass | is unknown",
                "limits | {\"gas\":\"1\"} | limits.gas | whole number",
                "limits | {\"gas\":1.0} | limits.gas | whole number",
                "limits | {\"gas\":1e3} | limits.gas | whole number",
                "limits | {\"gas\":99999999999999999999} | limits.gas | 64 bits",
                "limits | {\"wallMillis\":4294967296} | limits.wallMillis | 32 bits",
                "limits | 5 | limits | is not an object",
                "limits | null | limits | is not an object",
                "priority | null | priority | whole number",
                "priority | true | priority | whole number",
                "strategy | \"FASTEST\" | strategy | WEIGHTED",
                "strategy | 0 | strategy | WEIGHTED",
                "moduleSha256 | 5 | moduleSha256 | is not a text",
                "requirements | {\"capabilities\":\"gpu\"} | requirements.capabilities | is not an array",
                "requirements | {\"capabilities\":[1]} | requirements.capabilities[0] | is not a text",
                "entry | {} | entry | is neither",
                "entry | \"run\" | entry | is not an object",
                "entry | {\"wasi\":[],\"function\":\"f\"} | entry.function | is unknown",
                "entry | {\"function\":\"f\",\"arguments\":[5]} | entry.arguments[0] | i32:5",
                "entry | {\"function\":\"f\",\"arguments\":[\"i32:x\"]} | entry.arguments[0] | is not a WASM value",
                "entry | {\"function\":\"\\ud800\"} | entry.function | Unicode",
                "input | {\"text\":\"a\",\"base64\":\"\"} | input | is not one of",
                "input | {\"base64\":\"!\"} | input.base64 | base64",
                "input | {\"text\":\"a\",\"sizeBytes\":1} | input.sizeBytes | is unknown",
                "input | {\"sha256\":\"ab\",\"sizeBytes\":\"1\"} | input.sizeBytes | whole number",
            })
    void aWrongFieldIsNamed(String field, String value, String path, String reason) {
        var json = json(LEAST);
        json.set(field, json("{\"v\":" + value + "}").get("v"));

        assertThatThrownBy(() -> JsonToAvro.read(Task.class, json))
                .isInstanceOfSatisfying(
                        InvalidJsonException.class,
                        wrong -> assertThat(wrong.field()).isEqualTo(path))
                .hasMessageContaining(reason);
    }

    @Test
    void aMissingFieldIsNamed() {
        var json = json(LEAST);
        json.remove("rewardMicros");

        assertThatThrownBy(() -> JsonToAvro.read(Task.class, json))
                .isInstanceOfSatisfying(
                        InvalidJsonException.class,
                        wrong -> assertThat(wrong.field()).isEqualTo("rewardMicros"))
                .hasMessage("is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "5", "null", "{\"a\":1,\"a\":2}", "{} {}", "{'a':1}", "{\"a\":01}", "{\"a\":NaN}"
            })
    void onlyOneStrictObjectIsJson(String text) {
        assertThatThrownBy(() -> json(text))
                .isInstanceOfSatisfying(
                        InvalidJsonException.class,
                        wrong -> assertThat(wrong.field()).isEmpty());
    }

    @Test
    void deepJsonIsRefusedBeforeItIsBuilt() {
        assertThatThrownBy(() -> json("{\"a\":" + "[".repeat(1_000_000))).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void arbitraryBytesGiveAnObjectOrAReason() {
        var random = new Random(2);
        var valid = LEAST.getBytes(UTF_8);
        for (var i = 0; i < 20_000; i++) {
            var bytes = valid.clone();
            for (var flips = random.nextInt(4); flips >= 0; flips--)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try {
                JsonToAvro.read(Task.class, StrictJson.object(bytes));
            } catch (InvalidJsonException expected) {
                assertThat(expected.reason()).isNotBlank();
            }
        }
        assertThat(JsonToAvro.read(Task.class, StrictJson.object(valid)).getTaskId())
                .isEqualTo("t");
    }

    private static Object input(String input) {
        var json = json(LEAST);
        json.set("input", json(input));
        return JsonToAvro.read(Task.class, json).getInput();
    }

    private static ObjectNode json(String text) {
        return StrictJson.object(text.getBytes(UTF_8));
    }
}
