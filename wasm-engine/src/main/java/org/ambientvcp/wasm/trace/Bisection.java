package org.ambientvcp.wasm.trace;

import java.util.OptionalLong;
import java.util.function.LongFunction;

/// Finds the one instruction that two executors of the same invocation disagree on.
public final class Bisection {
    private Bisection() {}

    /// Asks each about log₂ of `steps` times. If runs that have parted may meet again, what it finds is a place
    /// where they part, though perhaps not the first.
    ///
    /// @param one digest of the state after a number of instructions, see [StateAt]
    /// @param other the same by the other executor
    /// @param steps instructions in the longer run, ≥ 0; behind its end a run's digest is that of its end
    /// @return the least number of instructions after which the states differ, 0 if they do from the start; none if
    ///     they are the same at the end
    public static OptionalLong firstDifference(LongFunction<String> one, LongFunction<String> other, long steps) {
        if (steps < 0) throw new IllegalArgumentException("steps is negative: " + steps);
        if (isSame(one, other, steps)) return OptionalLong.empty();
        if (!isSame(one, other, 0)) return OptionalLong.of(0);
        var same = 0L;
        var different = steps;
        while (different - same > 1) {
            var middle = same + (different - same) / 2;
            if (isSame(one, other, middle)) same = middle;
            else different = middle;
        }
        return OptionalLong.of(different);
    }

    private static boolean isSame(LongFunction<String> one, LongFunction<String> other, long steps) {
        return one.apply(steps).equals(other.apply(steps));
    }
}
