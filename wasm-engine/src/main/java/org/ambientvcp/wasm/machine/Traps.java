package org.ambientvcp.wasm.machine;

import org.ambientvcp.wasm.Outcome;
import org.jspecify.annotations.Nullable;

/// Traps by the names that the specification's tests use: a reason is part of the result that nodes agree on.
public final class Traps {
    public static final String UNREACHABLE = "unreachable";
    public static final String MEMORY = "out of bounds memory access";
    public static final String TABLE = "out of bounds table access";
    public static final String DIVIDE_BY_ZERO = "integer divide by zero";
    public static final String INTEGER_OVERFLOW = "integer overflow";
    public static final String CONVERSION = "invalid conversion to integer";
    public static final String UNDEFINED_ELEMENT = "undefined element";
    public static final String UNINITIALIZED_ELEMENT = "uninitialized element";
    public static final String SIGNATURE = "indirect call type mismatch";

    private Traps() {}

    /// Ends the run as [Outcome#TRAPPED].
    public static Stop trap(String name) {
        return Stop.because(Outcome.TRAPPED, name);
    }

    /// For compiled code.
    public static Stop unreachable() {
        return trap(UNREACHABLE);
    }

    /// For compiled code.
    public static Stop memory() {
        return trap(MEMORY);
    }

    /// The way a run ends that the JVM's own checks ended: every index that compiled or interpreted code gives to
    /// the JVM unchecked is a memory address, and the only arithmetic the JVM refuses is division by zero.
    ///
    /// @return null if the exception is neither: a defect
    public static @Nullable Stop of(RuntimeException refused) {
        return switch (refused) {
            case Stop stop -> stop;
            case IndexOutOfBoundsException address -> memory();
            case ArithmeticException division -> trap(DIVIDE_BY_ZERO);
            default -> null;
        };
    }
}
