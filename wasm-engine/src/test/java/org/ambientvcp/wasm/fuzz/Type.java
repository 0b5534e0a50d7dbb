package org.ambientvcp.wasm.fuzz;

import java.util.List;

/// A value type and its code in the binary format.
enum Type {
    I32(0x7f),
    I64(0x7e),
    F32(0x7d),
    F64(0x7c),
    V128(0x7b),
    FUNCREF(0x70),
    EXTERNREF(0x6f);

    static final List<Type> NUMBERS = List.of(I32, I64, F32, F64);

    final int code;

    Type(int code) {
        this.code = code;
    }

    boolean isReference() {
        return this == FUNCREF || this == EXTERNREF;
    }
}
