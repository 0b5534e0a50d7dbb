package org.ambientvcp.wasm.code;

/// How a value is held. A reference is an [#I32]: the index of a function, or -1 for null.
public enum Kind {
    I32,
    I64,
    F32,
    F64;

    public boolean isFloat() {
        return this == F32 || this == F64;
    }

    /// Whether it takes two words of the JVM.
    public boolean isWide() {
        return this == I64 || this == F64;
    }
}
