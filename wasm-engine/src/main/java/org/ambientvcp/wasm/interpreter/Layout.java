package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.code.FunctionCode;
import org.jspecify.annotations.Nullable;

/// A function as the interpreter runs it, with the numbers that every call of it needs.
final class Layout {
    final FunctionCode function;
    final int parameters;
    final int locals;
    final int results;
    /// See [FunctionCode#slots].
    final int slots;

    /// With joint instructions, made when the function is called for the first time; most never are, here.
    private volatile int @Nullable [] joint;

    Layout(FunctionCode function) {
        this.function = function;
        this.parameters = function.signature().parameters().size();
        this.locals = function.locals().size();
        this.results = function.signature().results().size();
        this.slots = function.slots();
    }

    /// What the interpreter executes; never written.
    int[] code() {
        var known = joint;
        return known == null ? join() : known;
    }

    private int[] join() {
        var made = Joint.code(function.code());
        joint = made;
        return made;
    }
}
