package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.machine.Numerics;

/// Instructions on f32 but conversions, on bits. What may be a computed NaN comes out canonical.
final class FloatOps {
    private FloatOps() {}

    static long add(long a, long b) {
        return computed(value(a) + value(b));
    }

    static long multiply(long a, long b) {
        return computed(value(a) * value(b));
    }

    static long binary(int op, long a, long b) {
        return switch (op) {
            case 0x5b -> IntegerOps.bit(value(a) == value(b));
            case 0x5c -> IntegerOps.bit(value(a) != value(b));
            case 0x5d -> IntegerOps.bit(value(a) < value(b));
            case 0x5e -> IntegerOps.bit(value(a) > value(b));
            case 0x5f -> IntegerOps.bit(value(a) <= value(b));
            case 0x60 -> IntegerOps.bit(value(a) >= value(b));
            case 0x93 -> computed(value(a) - value(b));
            case 0x95 -> computed(value(a) / value(b));
            case 0x96 -> computed(Math.min(value(a), value(b)));
            case 0x97 -> computed(Math.max(value(a), value(b)));
            case 0x98 -> bits(Numerics.copysign(value(a), value(b)));
            default -> throw new IllegalStateException("not an instruction: " + op);
        };
    }

    static long unary(int op, long a) {
        return switch (op) {
            case 0x8b -> bits(Numerics.abs(value(a)));
            case 0x8c -> bits(Numerics.negate(value(a)));
            case 0x8d -> computed(Numerics.ceil(value(a)));
            case 0x8e -> computed(Numerics.floor(value(a)));
            case 0x8f -> computed(Numerics.trunc(value(a)));
            case 0x90 -> computed(Numerics.nearest(value(a)));
            case 0x91 -> computed(Numerics.sqrt(value(a)));
            default -> throw new IllegalStateException("not an instruction: " + op);
        };
    }

    /// A value whose NaN, if it is one, has any bits.
    static long canonical(long bits) {
        return computed(value(bits));
    }

    static float value(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    static long bits(float value) {
        return Float.floatToRawIntBits(value);
    }

    static long computed(float value) {
        return bits(Numerics.canonical(value));
    }
}
