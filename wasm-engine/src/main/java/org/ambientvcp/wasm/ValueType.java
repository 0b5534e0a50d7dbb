package org.ambientvcp.wasm;

/// A type of number that a task may pass in or get back.
public enum ValueType {
    I32("i32"),
    I64("i64"),
    F32("f32"),
    F64("f64");

    private final String text;

    ValueType(String text) {
        this.text = text;
    }

    /// As WASM writes it, for example `i32`.
    public String text() {
        return text;
    }

    /// The type WASM writes so; throws if there is none.
    static ValueType ofText(String text) {
        for (var type : values()) if (type.text.equals(text)) return type;
        throw new IllegalArgumentException("not i32, i64, f32 or f64: " + text);
    }

    /// The bits that belong to the type: i32 and f32 use the low 32.
    long mask() {
        return this == I32 || this == F32 ? 0xffff_ffffL : -1L;
    }
}
