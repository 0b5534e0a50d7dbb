package org.ambientvcp.wasm;

import org.jspecify.annotations.Nullable;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.WasmEngineException;

/// WASM's own names for traps, whatever the interpreter calls them: a reason is part of the result that nodes agree on.
final class Traps {
    static final String MEMORY = "out of bounds memory access";

    private static final String UNREACHABLE = "unreachable executed";
    private static final String[] SPECIFIED = {
        MEMORY,
        "out of bounds table access",
        "integer divide by zero",
        "integer overflow",
        "invalid conversion to integer",
        "indirect call type mismatch",
        "uninitialized element",
        "undefined element",
    };

    private Traps() {}

    /// The trap behind an exception of the interpreter, or null if it is none.
    static @Nullable String name(WasmEngineException exception) {
        var message = exception.getMessage();
        if (message == null) return null;
        if (message.startsWith("Trapped on unreachable")) return UNREACHABLE;
        for (var name : SPECIFIED) if (message.startsWith(name)) return name;
        return exception instanceof UninstantiableException ? "the module's segments do not fit" : null;
    }
}
