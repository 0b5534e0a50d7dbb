package org.ambientvcp.stark.machines;

import java.util.List;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.Constraint.Scope;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.proof.Words;

/// The smallest machine: the Fibonacci sequence mod p from two public numbers to a third. One table, no bus.
///
/// | column   | holds                             |
/// |----------|-----------------------------------|
/// | current  | element of the sequence           |
/// | next     | the element after it              |
public final class Fibonacci {
    public static final String CHIP = "fibonacci";

    private Fibonacci() {}

    /// Public values: the first two elements, and the last that is reached.
    public static Machine machine() {
        var chip = ChipBuilder.named(CHIP);
        var current = chip.field("current");
        var next = chip.field("next");
        chip.inField(Scope.FIRST_ROW, "the first element is the first public value", current.minus(publicValue(0)));
        chip.inField(Scope.FIRST_ROW, "the second element is the second public value", next.minus(publicValue(1)));
        chip.inField(
                Scope.TRANSITION,
                "each row moves on by one element",
                current.next().minus(next));
        chip.inField(
                Scope.TRANSITION,
                "an element is the sum of the two before it",
                next.next().minus(current).minus(next));
        chip.inField(Scope.LAST_ROW, "the last element is the third public value", next.minus(publicValue(2)));
        return new Machine("fibonacci", List.of(), List.of(chip.build()), 3, List.of());
    }

    /// The sequence from two elements.
    ///
    /// @param logRows binary logarithm of the number of steps
    public static Execution run(int first, int second, int logRows) {
        var rows = 1 << logRows;
        var current = new int[rows];
        var next = new int[rows];
        current[0] = first;
        next[0] = second;
        for (var row = 1; row < rows; row++) {
            current[row] = next[row - 1];
            next[row] = (int) (((long) current[row - 1] + next[row - 1]) % BabyBear.P);
        }
        return new Execution(
                machine(), List.<int[][]>of(new int[][] {current, next}), Words.of(first, second, next[rows - 1]));
    }

    private static Expr publicValue(int index) {
        return Expr.publicValue(index);
    }
}
