package org.ambientvcp.wasm.machine.simd;

/// How instructions are made of functions on halves: how many operands a function takes, and for which halves of an
/// instruction's operands it is called. All operands and results are longs, an i32 is extended before.
public enum Shape {
    /// `f(a)` for each half.
    UNARY(1),
    /// `f(a, b)` for each half of both.
    BINARY(2),
    /// `f(a, b, c)` for each half of all three.
    TERNARY(3),
    /// `f(a, count)` for each half.
    SHIFT(2),
    /// An i32: `f(low, high)`.
    TEST(2),
    /// `low(a)` and `high(a)` for the same half.
    EXTEND(1),
    /// `low(a, b)` and `high(a, b)` for the same half of both.
    EXTEND_MULTIPLY(2),
    /// `f(low, high)` for each operand.
    NARROW(2),
    /// `f(low, high)`, and 0.
    NARROW_ZERO(2),
    /// `f(low, high, indices)` for each half of the indices.
    SWIZZLE(3),
    /// `f(low, high, low, high, indices)` for each half of the indices, which are constants.
    SHUFFLE(5),
    /// `f(value)` for both halves.
    SPLAT(1),
    /// `f(half, value, lane)` for the half that has the lane, with the lane within it.
    REPLACE(3);

    private final int operands;

    Shape(int operands) {
        this.operands = operands;
    }

    /// Of the function.
    public int operands() {
        return operands;
    }
}
