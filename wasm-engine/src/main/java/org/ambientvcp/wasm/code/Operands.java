package org.ambientvcp.wasm.code;

import java.util.Arrays;

/// What lowering knows of the operand stack: the kind of each value and, for floats, whether a NaN in it may have bits
/// that WASM leaves open.
final class Operands {
    /// Bits are exactly those that WASM prescribes.
    static final byte EXACT = 0;
    /// Computed: a NaN may have any bits until it is made canonical.
    static final byte OPEN = 1;
    /// No NaN.
    static final byte NUMBER = 2;

    private final Emitter out;
    private Kind[] kinds = new Kind[16];
    private byte[] states = new byte[16];
    private int height;
    private int highest;

    Operands(Emitter out) {
        this.out = out;
    }

    int height() {
        return height;
    }

    int highest() {
        return highest;
    }

    void push(Kind kind, byte state) {
        if (height == kinds.length) {
            kinds = Arrays.copyOf(kinds, height * 2);
            states = Arrays.copyOf(states, height * 2);
        }
        kinds[height] = kind;
        states[height++] = state;
        highest = Math.max(highest, height);
    }

    /// Pushes what has no open NaN.
    void push(Kind kind) {
        push(kind, EXACT);
    }

    void pop(int count) {
        truncate(height - count);
    }

    void truncate(int newHeight) {
        if (newHeight < 0 || newHeight > height) throw new IllegalStateException("the operand stack is unbalanced");
        height = newHeight;
    }

    Kind kind(int depth) {
        return kinds[height - 1 - depth];
    }

    byte state(int depth) {
        return states[height - 1 - depth];
    }

    /// Makes the top values exact.
    ///
    /// @param above values that are still above them when the code runs, but no longer counted here
    void makeExact(int count, int above) {
        for (var depth = 0; depth < count; depth++) makeOneExact(depth, above);
    }

    /// Makes one value exact.
    ///
    /// @param depth of the value below the top
    void makeOneExact(int depth, int above) {
        if (state(depth) != OPEN) return;
        out.emit(kind(depth) == Kind.F32 ? Op.CANON_F32 : Op.CANON_F64, depth + above);
        states[height - 1 - depth] = EXACT;
    }
}
