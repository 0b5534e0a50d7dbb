package org.ambientvcp.benchmarks.stark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.Constraint.Scope;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Expr.Cell;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.field.BabyBear;

/// As large as a chip of a real machine: 24 columns, 16 interactions of six entries, 30 constraints of degree up to 3.
final class WideMachine {
    private static final int COLUMNS = 24;
    private static final int PAIRS = 8;
    private static final int CONSTRAINTS = 28;
    private static final int P = BabyBear.P;

    private WideMachine() {}

    static Machine machine() {
        var bus = Bus.of("messages", 6);
        var chip = ChipBuilder.named("wide");
        var real = chip.realFlag("real");
        var cells = new ArrayList<Cell>();
        for (var i = 1; i < COLUMNS; i++) cells.add(chip.field("cell " + i));
        for (var i = 0; i < PAIRS; i++) {
            var message = new Expr[] {
                cells.get(i),
                cells.get(i + 1),
                cells.get(i + 2),
                cells.get(i + 3),
                cells.get(i + 4),
                cells.get(i + 5).plus(i)
            };
            chip.send("sent " + i, bus, message);
            chip.receive("received " + i, bus, message);
        }
        for (var i = 0; i < CONSTRAINTS; i++) {
            var at = i % (COLUMNS - 3);
            var sum = cells.get(at + 2).minus(cells.get(at)).minus(cells.get(at + 1));
            chip.inField(
                    Scope.EVERY_ROW,
                    "cell is the sum of the two before, " + i,
                    real.times(sum).times(cells.get(i % 20).plus(i)));
        }
        chip.maskedBy(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
        return new Machine("wide", List.of(bus), List.of(chip.build()), 0, List.of());
    }

    /// A trace of random sequences, one a row.
    static int[][] trace(int logRows, long seed) {
        var rows = 1 << logRows;
        var random = new SplittableRandom(seed);
        var columns = new int[COLUMNS][rows];
        for (var row = 0; row < rows - 1; row++) {
            columns[0][row] = 1;
            columns[1][row] = random.nextInt(P);
            columns[2][row] = random.nextInt(P);
            for (var i = 3; i < COLUMNS; i++)
                columns[i][row] = (int) (((long) columns[i - 1][row] + columns[i - 2][row]) % P);
        }
        return columns;
    }
}
