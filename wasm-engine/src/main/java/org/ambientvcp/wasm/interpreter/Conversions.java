package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.machine.Numerics;
import org.ambientvcp.wasm.machine.simd.SimdOp;

/// Instructions that turn a number into one of another type, on bits. What may be a computed NaN comes out canonical.
final class Conversions {
    private Conversions() {}

    /// Conversions, and the functions that SIMD instructions are made of.
    ///
    /// @return the new top of the stack
    static int apply(int op, long[] s, int sp) {
        if (op >= Op.FIRST_SIMD) return SimdOp.of(op - Op.FIRST_SIMD).apply(s, sp);
        s[sp - 1] = convert(op, s[sp - 1]);
        return sp;
    }

    private static long convert(int op, long a) {
        return switch (op) {
            case 0xa8 -> Numerics.truncS(FloatOps.value(a));
            case 0xa9 -> Numerics.truncU(FloatOps.value(a));
            case 0xaa -> Numerics.truncS(DoubleOps.value(a));
            case 0xab -> Numerics.truncU(DoubleOps.value(a));
            case 0xae -> Numerics.truncLongS(FloatOps.value(a));
            case 0xaf -> Numerics.truncLongU(FloatOps.value(a));
            case 0xb0 -> Numerics.truncLongS(DoubleOps.value(a));
            case 0xb1 -> Numerics.truncLongU(DoubleOps.value(a));
            case 0xb2 -> FloatOps.bits((float) (int) a);
            case 0xb3 -> FloatOps.bits(Numerics.toFloatU((int) a));
            case 0xb4 -> FloatOps.bits((float) a);
            case 0xb5 -> FloatOps.bits(Numerics.toFloatU(a));
            case 0xb6 -> FloatOps.computed((float) DoubleOps.value(a));
            case 0xb7 -> DoubleOps.bits((int) a);
            case 0xb8 -> DoubleOps.bits(Numerics.toDoubleU((int) a));
            case 0xb9 -> DoubleOps.bits((double) a);
            case 0xba -> DoubleOps.bits(Numerics.toDoubleU(a));
            case 0xbb -> DoubleOps.computed(FloatOps.value(a));
            case 0xbc, 0xbd, 0xbe, 0xbf -> a; // reinterpret
            case 0x100 -> (int) FloatOps.value(a);
            case 0x101 -> Numerics.saturateU(FloatOps.value(a));
            case 0x102 -> (int) DoubleOps.value(a);
            case 0x103 -> Numerics.saturateU(DoubleOps.value(a));
            case 0x104 -> (long) FloatOps.value(a);
            case 0x105 -> Numerics.saturateLongU(FloatOps.value(a));
            case 0x106 -> (long) DoubleOps.value(a);
            case 0x107 -> Numerics.saturateLongU(DoubleOps.value(a));
            default -> throw new IllegalStateException("not an instruction: " + op);
        };
    }
}
