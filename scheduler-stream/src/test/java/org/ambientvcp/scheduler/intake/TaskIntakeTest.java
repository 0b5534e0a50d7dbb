package org.ambientvcp.scheduler.intake;

import static org.ambientvcp.scheduler.Samples.TASK_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.ambientvcp.events.AdmitTask;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.Requirements;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.scheduler.Samples;
import org.ambientvcp.schemas.AvroCodec;
import org.junit.jupiter.api.Test;

class TaskIntakeTest {
    private static final long NOW = 77;

    @Test
    void aGoodTaskAsksItsTenantsLedger() {
        var task = Samples.task().build();

        assertThat(TaskIntake.decide(TASK_ID, task, NOW))
                .isEqualTo(new Decision.Admit("tenant:acme", new LedgerCommand(new AdmitTask(task)), null));
    }

    @Test
    void aBadTaskIsRejectedWithEveryProblem() {
        var task = Samples.task()
                .setPriority(9)
                .setMaxAttempts(0)
                .setTenant("ACME")
                .build();

        assertThat(TaskIntake.decide(TASK_ID, task, NOW)).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
            assertThat(rejected.status().getState()).isEqualTo(TaskState.REJECTED);
            assertThat(rejected.status().getTaskId()).isEqualTo(TASK_ID);
            assertThat(rejected.status().getUpdatedAtEpochMillis()).isEqualTo(NOW);
            assertThat(rejected.status().getReason()).contains("tenant", "priority is not 0–4: 9", "maxAttempts");
        });
    }

    @Test
    void aTaskWithTheMostProblemsStillFitsAStatus() {
        var task = Samples.task()
                .setTenant("x".repeat(100_000))
                .setModuleSha256("y".repeat(100_000))
                .setRequirements(Requirements.newBuilder()
                        .setCapabilities(Collections.nCopies(20_000, "!"))
                        .build())
                .build();

        assertThat(TaskIntake.decide(TASK_ID, task, NOW)).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
            assertThat(AvroCodec.encode(rejected.status()).length).isLessThan(16 * 1024);
            assertThat(rejected.status().getReason()).contains("tenant", "moduleSha256", "more");
        });
    }

    @Test
    void aTaskWithoutAUsableIdIsADeadLetter() {
        for (var id : new String[] {"", "a b", "../x", "x".repeat(129)})
            assertThat(TaskIntake.decide(id, Samples.task().setTaskId(id).build(), NOW))
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo("out-of-range"));
    }

    @Test
    void theKeyIsTheTaskId() {
        for (var key : new String[] {null, "", "task-2"})
            assertThat(TaskIntake.decide(key, Samples.task().build(), NOW))
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo("wrong-key"));
    }
}
