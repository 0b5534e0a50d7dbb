package org.ambientvcp.wasm;

import static java.util.Objects.requireNonNull;

/// A WASM number by its bits, so that nothing is rounded on the way.
///
/// @param type what the bits mean
/// @param bits the number; for i32 and f32 the low 32 bits, the others are dropped
public record Value(ValueType type, long bits) {

    public Value {
        requireNonNull(type, "type");
        bits &= type.mask();
    }

    public static Value i32(int value) {
        return new Value(ValueType.I32, value);
    }

    public static Value i64(long value) {
        return new Value(ValueType.I64, value);
    }

    public static Value f32(float value) {
        return new Value(ValueType.F32, Float.floatToRawIntBits(value));
    }

    public static Value f64(double value) {
        return new Value(ValueType.F64, Double.doubleToRawLongBits(value));
    }
}
