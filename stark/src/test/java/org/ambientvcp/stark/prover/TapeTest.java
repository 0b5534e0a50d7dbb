package org.ambientvcp.stark.prover;

import static org.ambientvcp.stark.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Expr.Cell;
import org.ambientvcp.stark.air.PointEvaluation;
import org.ambientvcp.stark.air.Tape;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.junit.jupiter.api.Test;

final class TapeTest {
    private static final ExtensionField FIELD = ExtensionField.DEGREE_5;
    private static final int COLUMNS = 4;
    private static final int ROWS = 32;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(List<Expr> expressions, int[] publicValues, RowBlock rows) {}

    @Test
    void tapeGivesOnEachRowWhatTheVerifierEvaluates() {
        forAll(200, TapeTest::generate, aCase -> {
            var outputs = new int[aCase.expressions.size()][ROWS];
            var runner = new TapeRunner(Tape.of(aCase.expressions, aCase.publicValues), new PlainKernels());

            runner.run(aCase.rows, (output, values, at) -> System.arraycopy(values, at, outputs[output], 0, ROWS));

            for (var row = 0; row < ROWS; row++) {
                var point = new PointEvaluation(FIELD, at(aCase.rows, row), aCase.publicValues);
                for (var i = 0; i < outputs.length; i++)
                    assertThat(FIELD.base(outputs[i][row])).isEqualTo(point.of(aCase.expressions.get(i)));
            }
        });
    }

    private static PointEvaluation.Row at(RowBlock rows, int row) {
        var main = new ArrayList<Element>();
        var next = new HashMap<Integer, Element>();
        var preprocessed = new ArrayList<Element>();
        for (var column = 0; column < COLUMNS; column++) {
            main.add(FIELD.base(rows.main()[column][rows.at() + row]));
            next.put(column, FIELD.base(rows.next()[column][rows.nextAt() + row]));
            preprocessed.add(FIELD.base(rows.preprocessed()[column][rows.at() + row]));
        }
        return new PointEvaluation.Row(
                main,
                next,
                preprocessed,
                FIELD.base(rows.firstRow()[rows.firstAt() + row]),
                FIELD.base(rows.lastRow()[rows.lastAt() + row]));
    }

    private static Case generate(RandomGenerator random) {
        var publicValues = new int[] {random.nextInt(BabyBear.P), random.nextInt(BabyBear.P)};
        var expressions = new ArrayList<Expr>();
        for (var i = 0; i < 40; i++) expressions.add(expression(random, expressions));
        var main = columns(random);
        var rows =
                new RowBlock(main, 16, main, 17, columns(random), columns(random)[0], 3, columns(random)[0], 4, ROWS);
        return new Case(expressions, publicValues, rows);
    }

    private static int[][] columns(RandomGenerator random) {
        var columns = new int[COLUMNS][ROWS + 32];
        for (var column : columns) for (var i = 0; i < column.length; i++) column[i] = random.nextInt(BabyBear.P);
        return columns;
    }

    private static Expr expression(RandomGenerator random, List<Expr> earlier) {
        var a = operand(random, earlier);
        var b = operand(random, earlier);
        return switch (random.nextInt(6)) {
            case 0 -> a.plus(b);
            case 1 -> a.minus(b);
            case 2 -> a.times(b);
            case 3 -> a.shiftRight(1 + random.nextInt(30));
            case 4 -> new Expr.Bounded(a, b, 0, 1);
            default -> a.negate();
        };
    }

    private static Expr operand(RandomGenerator random, List<Expr> earlier) {
        if (!earlier.isEmpty() && random.nextInt(3) > 0) return earlier.get(random.nextInt(earlier.size()));
        var cell = new Cell(Cell.Kind.MAIN, random.nextInt(COLUMNS), false);
        return switch (random.nextInt(7)) {
            case 0 -> Expr.constant(random.nextInt());
            case 1 -> Expr.publicValue(random.nextInt(2));
            case 2 -> Expr.Selector.FIRST_ROW;
            case 3 -> Expr.Selector.LAST_ROW;
            case 4 -> new Cell(Cell.Kind.PREPROCESSED, random.nextInt(COLUMNS), false);
            case 5 -> cell.next();
            default -> cell;
        };
    }
}
