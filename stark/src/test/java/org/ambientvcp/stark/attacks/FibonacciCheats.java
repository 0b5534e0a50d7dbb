package org.ambientvcp.stark.attacks;

import static org.ambientvcp.stark.machines.Fibonacci.CHIP;

import java.util.List;
import org.ambientvcp.stark.attacks.Weakening.WithoutConstraint;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Fibonacci;

/// One attack for each part of [Fibonacci].
final class FibonacciCheats {
    private static final int LOG_ROWS = 12;
    private static final int LAST = (1 << LOG_ROWS) - 1;
    private static final int BREAK = 1_000;

    private FibonacciCheats() {}

    static Execution honest() {
        return Fibonacci.run(1, 1, LOG_ROWS);
    }

    static List<Cheat> all() {
        return List.of(
                cheat("the first element is the first public value", Fibonacci.run(5, 1, LOG_ROWS), 1, 1),
                cheat("the second element is the second public value", Fibonacci.run(1, 5, LOG_ROWS), 1, 1),
                cheat("each row moves on by one element", broken(1, 0), 1, 1),
                cheat("an element is the sum of the two before it", broken(0, 1), 1, 1),
                new Cheat(
                        new WithoutConstraint(CHIP, "the last element is the third public value"),
                        Forgery.of(honest()).claiming(1, 1, 42)));
    }

    private static Cheat cheat(String constraint, Execution trace, long first, long second) {
        var forgery = Forgery.of(trace);
        return new Cheat(
                new WithoutConstraint(CHIP, constraint),
                forgery.claiming(first, second, forgery.get(CHIP, "next", LAST)));
    }

    /// The sequence goes on from other numbers in the middle.
    private static Execution broken(long addedToCurrent, long addedToNext) {
        var forgery = Forgery.of(honest());
        forgery.set(CHIP, "current", BREAK, forgery.get(CHIP, "current", BREAK) + addedToCurrent);
        forgery.set(CHIP, "next", BREAK, forgery.get(CHIP, "next", BREAK) + addedToNext);
        for (var row = BREAK + 1; row <= LAST; row++) {
            forgery.set(CHIP, "current", row, forgery.get(CHIP, "next", row - 1));
            forgery.set(
                    CHIP,
                    "next",
                    row,
                    (long) forgery.get(CHIP, "current", row - 1) + forgery.get(CHIP, "next", row - 1));
        }
        return forgery.claiming(1, 1, 0);
    }
}
