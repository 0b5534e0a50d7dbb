package org.ambientvcp.stark.air;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.stark.air.TraceCheck.Message;
import org.ambientvcp.stark.air.TraceCheck.Violation;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Fibonacci;
import org.junit.jupiter.api.Test;

final class TraceCheckTest {
    @Test
    void honestExecutionHolds() {
        assertThat(check(Adder.run(12, 4, 70_000, 5, 1_000_000)).holds()).isTrue();
        assertThat(check(Fibonacci.run(2, 3, 5)).holds()).isTrue();
    }

    @Test
    void namesTheConstraintAndTheRow() {
        var execution = Fibonacci.run(1, 1, 4);
        execution.tables().getFirst()[1][7]++;

        assertThat(check(execution).violations())
                .contains(new Violation(Fibonacci.CHIP, "an element is the sum of the two before it", 6));
    }

    @Test
    void namesTheMessageThatStaysOnTheBus() {
        var execution = Adder.run(12, 4, 1, 2, 3);
        execution.tables().get(1)[execution.machine().chips().get(1).column("times")][9]++;

        var unbalanced = check(execution).unbalanced();

        assertThat(unbalanced.keySet()).extracting(Message::entries).containsExactly(List.of(9));
    }

    private static TraceCheck.Result check(Execution execution) {
        return TraceCheck.of(
                execution.machine(),
                execution.tables(),
                execution.publicValues().toArray());
    }
}
