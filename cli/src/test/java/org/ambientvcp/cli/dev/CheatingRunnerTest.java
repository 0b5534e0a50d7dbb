package org.ambientvcp.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.events.Assignment;
import org.ambientvcp.events.Outcome;
import org.ambientvcp.events.WasmType;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.wasm.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheatingRunnerTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NODE_FAILED")
    void liesWhateverTheOutcome(Outcome outcome) {
        var honest = run(outcome, 100);

        assertThat(new CheatingRunner(assignment -> honest).run(new Assignment()))
                .isNotEqualTo(honest);
    }

    @ParameterizedTest
    @EnumSource(names = {"OUT_OF_GAS", "TRAPPED"})
    void claimsNoGasBelowZero(Outcome outcome) {
        var lie = new CheatingRunner(assignment -> run(outcome, 0)).run(new Assignment());

        assertThat(lie.gasUsed()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = "NODE_FAILED")
    void aFailureOfTheNodeIsNoResultToLieAbout(Outcome outcome) {
        var honest = run(outcome, 0);

        assertThat(new CheatingRunner(assignment -> honest).run(new Assignment()))
                .isEqualTo(honest);
    }

    private static TaskRun run(Outcome outcome, long gas) {
        var completed = outcome == Outcome.COMPLETED;
        return new TaskRun(
                outcome,
                0,
                completed ? null : "why",
                completed ? List.of(new WasmValue(WasmType.I32, 7L)) : List.of(),
                Bytes.of(new byte[0]),
                Bytes.of(new byte[0]),
                gas,
                gas,
                1,
                "0".repeat(64),
                1 << 24,
                List.of());
    }
}
