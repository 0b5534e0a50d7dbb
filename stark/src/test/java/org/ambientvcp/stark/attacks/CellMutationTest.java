package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Sha256;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.prover.Strategy;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verdict.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One cell of an honest trace is changed and the trace proven all the same: refused, wherever the cell means anything.
/// Which do is decided apart from the prover and the verifier, by [TraceCheck].
class CellMutationTest {
    private static final Random RANDOM = new Random(20_261_122);

    /// Rows that take part in the traces that follow.
    private static final int REAL_ROWS = 6;

    static List<Execution> executions() {
        return List.of(
                FibonacciCheats.honest(), Adder.run(12, 12, 5, 9_000, 1 << 23, 1 << 23, 7, 8), RamCheats.honest());
    }

    @ParameterizedTest
    @MethodSource("executions")
    void everyColumnOfRandomRows(Execution honest) {
        var machine = honest.machine();
        for (var index = 0; index < machine.chips().size(); index++) {
            var chip = machine.chips().get(index);
            var rows = honest.tables().get(index)[0].length;
            var meaningless = new TreeSet<String>();
            for (var column = 0; column < chip.width(); column++) {
                var refused = 0;
                for (int row : rows(rows)) {
                    var mutated = mutated(honest, index, column, row);
                    var isViolation = !TraceCheck.violations(mutated).isEmpty();
                    assertThat(Proofs.proveAndVerify(machine, mutated, Strategy.HONEST))
                            .as(
                                    "%s, %s, row %d",
                                    chip.name(), chip.columns().get(column).name(), row)
                            .isInstanceOf(isViolation ? Rejected.class : Accepted.class);
                    if (isViolation) refused++;
                }
                if (refused == 0) meaningless.add(chip.columns().get(column).name());
            }
            // Only the columns that are there for a mask.
            assertThat(meaningless).allMatch(name -> name.startsWith("mask "));
        }
    }

    /// Many columns: all of them without proofs, some of them with.
    @Test
    void everyColumnOfSha256() {
        var honest = Sha256.run(12, RANDOM.ints(16L * Sha256.blocks(12)).toArray());
        var chip = honest.machine().chips().getFirst();
        for (var column = 0; column < chip.width(); column++) {
            var row = RANDOM.nextInt(1, 65 * Sha256.blocks(12));
            var mutated = mutated(honest, 0, column, row);
            var isViolation = !TraceCheck.violations(mutated).isEmpty();
            // The carries of the chaining value are read at the end of a block only, but are bits everywhere.
            assertThat(isViolation).as(chip.columns().get(column).name()).isTrue();
            if (column % 60 == 0)
                assertThat(Proofs.proveAndVerify(honest.machine(), mutated, Strategy.HONEST))
                        .isInstanceOf(Rejected.class);
        }
    }

    /// The first and the last, one that takes part and one of padding.
    private static Set<Integer> rows(int rows) {
        return new HashSet<>(
                List.of(0, rows - 1, RANDOM.nextInt(1, REAL_ROWS - 1), RANDOM.nextInt(REAL_ROWS + 1, rows - 1)));
    }

    private static Execution mutated(Execution honest, int chip, int column, int row) {
        var copy = honest.copy();
        var cells = copy.tables().get(chip)[column];
        cells[row] = (int) ((cells[row] + 1L + RANDOM.nextInt(BabyBear.P - 1)) % BabyBear.P);
        return new Execution(
                copy.machine(), copy.tables(), Words.of(copy.publicValues().toArray()));
    }
}
