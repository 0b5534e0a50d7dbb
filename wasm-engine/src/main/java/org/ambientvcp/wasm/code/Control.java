package org.ambientvcp.wasm.code;

import org.jspecify.annotations.Nullable;

/// An open block, loop, `if` or function body during lowering.
final class Control {
    final boolean isLoop;
    /// Height of the operand stack below the block's parameters.
    final int base;

    final Signature signature;
    /// Where a branch to the block goes: its start if it is a loop, else its end.
    final Label target = new Label();
    /// Where a false condition of an `if` without its `else` so far goes; null in all other blocks.
    @Nullable
    Label otherwise;

    Control(boolean isLoop, int base, Signature signature, @Nullable Label otherwise) {
        this.isLoop = isLoop;
        this.base = base;
        this.signature = signature;
        this.otherwise = otherwise;
    }

    /// Number of values that a branch to the block carries.
    int arity() {
        return (isLoop ? signature.parameters() : signature.results()).size();
    }
}
