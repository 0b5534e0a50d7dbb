package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.code.FunctionCode;

/// A function with the numbers that every call of it needs.
///
/// @param slots see [FunctionCode#slots]
@SuppressWarnings("ArrayRecordComponent") // shared, never written
record Layout(FunctionCode function, int[] code, int parameters, int locals, int results, int slots) {
    static Layout of(FunctionCode function) {
        return new Layout(
                function,
                function.code(),
                function.signature().parameters().size(),
                function.locals().size(),
                function.signature().results().size(),
                function.slots());
    }
}
