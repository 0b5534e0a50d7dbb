package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.machine.Numerics;

/// Instructions on f64 but conversions, on bits. What may be a computed NaN comes out canonical.
final class DoubleOps {
    private DoubleOps() {}

    static long add(long a, long b) {
        return computed(value(a) + value(b));
    }

    static long multiply(long a, long b) {
        return computed(value(a) * value(b));
    }

    static long binary(int op, long a, long b) {
        return switch (op) {
            case 0x61 -> IntegerOps.bit(value(a) == value(b));
            case 0x62 -> IntegerOps.bit(value(a) != value(b));
            case 0x63 -> IntegerOps.bit(value(a) < value(b));
            case 0x64 -> IntegerOps.bit(value(a) > value(b));
            case 0x65 -> IntegerOps.bit(value(a) <= value(b));
            case 0x66 -> IntegerOps.bit(value(a) >= value(b));
            case 0xa1 -> computed(value(a) - value(b));
            case 0xa3 -> computed(value(a) / value(b));
            case 0xa4 -> computed(Math.min(value(a), value(b)));
            case 0xa5 -> computed(Math.max(value(a), value(b)));
            case 0xa6 -> bits(Numerics.copysign(value(a), value(b)));
            default -> throw new IllegalStateException("not an instruction: " + op);
        };
    }

    static long unary(int op, long a) {
        return switch (op) {
            case 0x99 -> bits(Numerics.abs(value(a)));
            case 0x9a -> bits(Numerics.negate(value(a)));
            case 0x9b -> computed(Math.ceil(value(a)));
            case 0x9c -> computed(Math.floor(value(a)));
            case 0x9d -> computed(Numerics.trunc(value(a)));
            case 0x9e -> computed(Math.rint(value(a)));
            case 0x9f -> computed(Math.sqrt(value(a)));
            default -> throw new IllegalStateException("not an instruction: " + op);
        };
    }

    /// A value whose NaN, if it is one, has any bits.
    static long canonical(long bits) {
        return computed(value(bits));
    }

    static double value(long bits) {
        return Double.longBitsToDouble(bits);
    }

    static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    static long computed(double value) {
        return bits(Numerics.canonical(value));
    }
}
