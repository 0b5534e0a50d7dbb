package org.ambientvcp.gateway.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.VerificationLevel;
import org.ambientvcp.gateway.Samples;
import org.ambientvcp.gateway.json.InvalidJsonException;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.keys.Caller;
import org.ambientvcp.gateway.keys.Role;
import org.ambientvcp.schemas.TaskCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRequestTest {
    private static final Caller ACME = new Caller("key-1", "acme", Set.of(Role.USER));
    private static final String TRACE = "00-" + "ab".repeat(16) + "-" + "cd".repeat(8) + "-01";
    private static final String LEAST =
            "\"moduleSha256\":\"%s\",\"entry\":{\"wasi\":[]},\"rewardMicros\":5".formatted(Samples.SHA);

    @Test
    void theGatewayAddsWhatItKnows() {
        var task = read(LEAST, false);

        assertThat(task.getTaskId()).isEqualTo("fresh");
        assertThat(task.getTenant()).isEqualTo("acme");
        assertThat(task.getSubmittedBy()).isEqualTo("key-1");
        assertThat(task.getSubmittedAtEpochMillis()).isEqualTo(7);
        assertThat(task.getVerification().getLevel()).isEqualTo(VerificationLevel.SPOT_CHECK);
        assertThat(task.getTraceparent()).isEqualTo(TRACE);
        assertThat(TaskCheck.problems(task)).isEmpty();
    }

    @Test
    void aLevelThatIsNotSaidIsSpotCheckAlsoWhenOtherThingsAreSaid() {
        var task = read(LEAST + ",\"verification\":{\"spotCheckPpm\":50000}", false);

        assertThat(task.getVerification().getLevel()).isEqualTo(VerificationLevel.SPOT_CHECK);
        assertThat(task.getVerification().getSpotCheckPpm()).isEqualTo(50_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"submittedAtEpochMillis", "submittedBy", "traceparent"})
    void whatTheGatewayKnowsMayNotBeSaid(String field) {
        assertThatThrownBy(() -> read(LEAST + ",\"" + field + "\":null", false))
                .isInstanceOfSatisfying(
                        InvalidJsonException.class,
                        wrong -> assertThat(wrong.field()).isEqualTo(field));
    }

    @Test
    void aKeySubmitsForItsOwnTenantOnly() {
        assertThatThrownBy(() -> read(LEAST + ",\"tenant\":\"zeta\"", false))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.type()).isEqualTo(ProblemType.FORBIDDEN));
        assertThat(read(LEAST + ",\"tenant\":\"acme\"", false).getTenant()).isEqualTo("acme");
        assertThat(read(LEAST + ",\"tenant\":\"zeta\"", true).getTenant()).isEqualTo("zeta");
    }

    @Test
    void everyWrongFieldIsInTheProblem() {
        var task = read(LEAST + ",\"priority\":9,\"maxAttempts\":0,\"taskId\":\"a b\"", false);

        assertThatThrownBy(() -> TaskRequest.requireFine(task)).isInstanceOfSatisfying(Problem.class, refused -> {
            assertThat(refused.json().path("status").asInt()).isEqualTo(422);
            assertThat(refused.json().path("field").asText()).isEqualTo("taskId");
            assertThat(refused.json().path("errors"))
                    .extracting(error -> error.path("field").asText())
                    .containsExactly("taskId", "priority", "maxAttempts");
        });
    }

    private static Task read(String fields, boolean anyTenant) {
        return TaskRequest.read(
                StrictJson.object(("{" + fields + "}").getBytes(UTF_8)), ACME, anyTenant, () -> "fresh", 7, TRACE);
    }
}
