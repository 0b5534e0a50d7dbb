package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.Kind;

/// Values of any kind: constants, bits in a long, the JVM's operand stack.
final class Values {
    private static final ClassDesc FLOAT = ConstantDescs.CD_Float;
    private static final ClassDesc DOUBLE = ConstantDescs.CD_Double;

    private Values() {}

    /// From bits in a long; of narrow kinds only the low 32 count.
    static void fromBits(CodeBuilder out, Kind kind) {
        switch (kind) {
            case I32 -> out.l2i();
            case I64 -> {}
            case F32 -> {
                out.l2i();
                floatFromBits(out);
            }
            case F64 -> out.invokestatic(DOUBLE, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
        }
    }

    /// To bits in a long; those of narrow kinds are sign-extended.
    static void toBits(CodeBuilder out, Kind kind) {
        switch (kind) {
            case I32 -> out.i2l();
            case I64 -> {}
            case F32 -> {
                out.invokestatic(FLOAT, "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float));
                out.i2l();
            }
            case F64 -> out.invokestatic(DOUBLE, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
        }
    }

    /// An f32 of exactly these bits.
    static void constant(CodeBuilder out, int bits) {
        var value = Float.intBitsToFloat(bits);
        if (isExact(value)) {
            out.loadConstant(value);
        } else {
            out.loadConstant(bits);
            floatFromBits(out);
        }
    }

    /// An f64 of exactly these bits.
    static void constant(CodeBuilder out, long bits) {
        var value = Double.longBitsToDouble(bits);
        if (isExact(value)) {
            out.loadConstant(value);
        } else {
            out.loadConstant(bits);
            fromBits(out, Kind.F64);
        }
    }

    /// Whether a class file keeps the value: a NaN may lose its bits, and zero its sign.
    private static boolean isExact(double value) {
        return !Double.isNaN(value) && (value != 0 || 1 / value > 0);
    }

    static void pop(CodeBuilder out, Kind kind) {
        if (kind.isWide()) out.pop2();
        else out.pop();
    }

    static void duplicate(CodeBuilder out, Kind kind) {
        if (kind.isWide()) out.dup2();
        else out.dup();
    }

    private static void floatFromBits(CodeBuilder out) {
        out.invokestatic(FLOAT, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
    }
}
