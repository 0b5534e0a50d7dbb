package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.machine.Numerics;

/// The numeric instructions but comparisons, from the JVM's stack to the JVM's stack: one instruction of the JVM where
/// it does the same, else a call.
final class Numbers {
    private static final ClassDesc NUMERICS = Types.of(Numerics.class);
    private static final ClassDesc MATH = Types.of(Math.class);

    private Numbers() {}

    static void write(CodeBuilder out, int op) {
        if (op >= Op.FIRST_SIMD) Vectors.write(out, op);
        else if (op <= 0x78) i32(out, op);
        else if (op <= 0x8a) i64(out, op);
        else if (op <= 0x98) f32(out, op);
        else if (op <= 0xa6) f64(out, op);
        else convert(out, op);
    }

    private static void i32(CodeBuilder out, int op) {
        switch (op) {
            case 0x67 -> call(out, CD_Integer, "numberOfLeadingZeros", CD_int, CD_int);
            case 0x68 -> call(out, CD_Integer, "numberOfTrailingZeros", CD_int, CD_int);
            case 0x69 -> call(out, CD_Integer, "bitCount", CD_int, CD_int);
            case 0x6a -> out.iadd();
            case 0x6b -> out.isub();
            case 0x6c -> out.imul();
            case 0x6d -> call(out, NUMERICS, "divS", CD_int, CD_int, CD_int);
            case 0x6e -> call(out, CD_Integer, "divideUnsigned", CD_int, CD_int, CD_int);
            case 0x6f -> out.irem();
            case 0x70 -> call(out, CD_Integer, "remainderUnsigned", CD_int, CD_int, CD_int);
            case 0x71 -> out.iand();
            case 0x72 -> out.ior();
            case 0x73 -> out.ixor();
            case 0x74 -> out.ishl();
            case 0x75 -> out.ishr();
            case 0x76 -> out.iushr();
            case 0x77 -> call(out, CD_Integer, "rotateLeft", CD_int, CD_int, CD_int);
            case 0x78 -> call(out, CD_Integer, "rotateRight", CD_int, CD_int, CD_int);
            default -> throw unknown(op);
        }
    }

    private static void i64(CodeBuilder out, int op) {
        switch (op) {
            case 0x79 ->
                call(out, CD_Long, "numberOfLeadingZeros", CD_int, CD_long).i2l();
            case 0x7a ->
                call(out, CD_Long, "numberOfTrailingZeros", CD_int, CD_long).i2l();
            case 0x7b -> call(out, CD_Long, "bitCount", CD_int, CD_long).i2l();
            case 0x7c -> out.ladd();
            case 0x7d -> out.lsub();
            case 0x7e -> out.lmul();
            case 0x7f -> call(out, NUMERICS, "divS", CD_long, CD_long, CD_long);
            case 0x80 -> call(out, CD_Long, "divideUnsigned", CD_long, CD_long, CD_long);
            case 0x81 -> out.lrem();
            case 0x82 -> call(out, CD_Long, "remainderUnsigned", CD_long, CD_long, CD_long);
            case 0x83 -> out.land();
            case 0x84 -> out.lor();
            case 0x85 -> out.lxor();
            case 0x86 -> out.l2i().lshl();
            case 0x87 -> out.l2i().lshr();
            case 0x88 -> out.l2i().lushr();
            case 0x89 -> call(out.l2i(), CD_Long, "rotateLeft", CD_long, CD_long, CD_int);
            case 0x8a -> call(out.l2i(), CD_Long, "rotateRight", CD_long, CD_long, CD_int);
            default -> throw unknown(op);
        }
    }

    private static void f32(CodeBuilder out, int op) {
        switch (op) {
            case 0x8b -> call(out, NUMERICS, "abs", CD_float, CD_float);
            case 0x8c -> call(out, NUMERICS, "negate", CD_float, CD_float);
            case 0x8d -> call(out, NUMERICS, "ceil", CD_float, CD_float);
            case 0x8e -> call(out, NUMERICS, "floor", CD_float, CD_float);
            case 0x8f -> call(out, NUMERICS, "trunc", CD_float, CD_float);
            case 0x90 -> call(out, NUMERICS, "nearest", CD_float, CD_float);
            case 0x91 -> call(out, NUMERICS, "sqrt", CD_float, CD_float);
            case 0x92 -> out.fadd();
            case 0x93 -> out.fsub();
            case 0x94 -> out.fmul();
            case 0x95 -> out.fdiv();
            case 0x96 -> call(out, MATH, "min", CD_float, CD_float, CD_float);
            case 0x97 -> call(out, MATH, "max", CD_float, CD_float, CD_float);
            case 0x98 -> call(out, NUMERICS, "copysign", CD_float, CD_float, CD_float);
            default -> throw unknown(op);
        }
    }

    private static void f64(CodeBuilder out, int op) {
        switch (op) {
            case 0x99 -> call(out, NUMERICS, "abs", CD_double, CD_double);
            case 0x9a -> call(out, NUMERICS, "negate", CD_double, CD_double);
            case 0x9b -> call(out, MATH, "ceil", CD_double, CD_double);
            case 0x9c -> call(out, MATH, "floor", CD_double, CD_double);
            case 0x9d -> call(out, NUMERICS, "trunc", CD_double, CD_double);
            case 0x9e -> call(out, MATH, "rint", CD_double, CD_double);
            case 0x9f -> call(out, MATH, "sqrt", CD_double, CD_double);
            case 0xa0 -> out.dadd();
            case 0xa1 -> out.dsub();
            case 0xa2 -> out.dmul();
            case 0xa3 -> out.ddiv();
            case 0xa4 -> call(out, MATH, "min", CD_double, CD_double, CD_double);
            case 0xa5 -> call(out, MATH, "max", CD_double, CD_double, CD_double);
            case 0xa6 -> call(out, NUMERICS, "copysign", CD_double, CD_double, CD_double);
            default -> throw unknown(op);
        }
    }

    private static void convert(CodeBuilder out, int op) {
        switch (op) {
            case 0xa7 -> out.l2i();
            case 0xa8 -> call(out.f2d(), NUMERICS, "truncS", CD_int, CD_double);
            case 0xa9 -> call(out.f2d(), NUMERICS, "truncU", CD_int, CD_double);
            case 0xaa -> call(out, NUMERICS, "truncS", CD_int, CD_double);
            case 0xab -> call(out, NUMERICS, "truncU", CD_int, CD_double);
            case 0xac -> out.i2l();
            case 0xad -> unsignedToLong(out);
            case 0xae -> call(out.f2d(), NUMERICS, "truncLongS", CD_long, CD_double);
            case 0xaf -> call(out.f2d(), NUMERICS, "truncLongU", CD_long, CD_double);
            case 0xb0 -> call(out, NUMERICS, "truncLongS", CD_long, CD_double);
            case 0xb1 -> call(out, NUMERICS, "truncLongU", CD_long, CD_double);
            case 0xb2 -> out.i2f();
            case 0xb3 -> call(out, NUMERICS, "toFloatU", CD_float, CD_int);
            case 0xb4 -> out.l2f();
            case 0xb5 -> call(out, NUMERICS, "toFloatU", CD_float, CD_long);
            case 0xb6 -> out.d2f();
            case 0xb7 -> out.i2d();
            case 0xb8 -> call(out, NUMERICS, "toDoubleU", CD_double, CD_int);
            case 0xb9 -> out.l2d();
            case 0xba -> call(out, NUMERICS, "toDoubleU", CD_double, CD_long);
            case 0xbb -> out.f2d();
            case 0xbc -> call(out, Types.of(Float.class), "floatToRawIntBits", CD_int, CD_float);
            case 0xbd -> call(out, Types.of(Double.class), "doubleToRawLongBits", CD_long, CD_double);
            case 0xbe -> call(out, Types.of(Float.class), "intBitsToFloat", CD_float, CD_int);
            case 0xbf -> call(out, Types.of(Double.class), "longBitsToDouble", CD_double, CD_long);
            case 0xc0 -> out.i2b();
            case 0xc1 -> out.i2s();
            case 0xc2 -> out.l2i().i2b().i2l();
            case 0xc3 -> out.l2i().i2s().i2l();
            case 0xc4 -> out.l2i().i2l();
            default -> saturate(out, op);
        }
    }

    /// The signed ones are the JVM's.
    private static void saturate(CodeBuilder out, int op) {
        switch (op) {
            case 0x100 -> out.f2i();
            case 0x101 -> call(out.f2d(), NUMERICS, "saturateU", CD_int, CD_double);
            case 0x102 -> out.d2i();
            case 0x103 -> call(out, NUMERICS, "saturateU", CD_int, CD_double);
            case 0x104 -> out.f2l();
            case 0x105 -> call(out.f2d(), NUMERICS, "saturateLongU", CD_long, CD_double);
            case 0x106 -> out.d2l();
            case 0x107 -> call(out, NUMERICS, "saturateLongU", CD_long, CD_double);
            default -> throw unknown(op);
        }
    }

    /// Makes a NaN on the JVM's stack canonical, as [Numerics#canonical(float)] has it.
    static void canonical(CodeBuilder out, Kind kind) {
        var end = out.newLabel();
        if (kind == Kind.F32) out.dup().dup().fcmpl().ifeq(end).pop().loadConstant(Float.NaN);
        else out.dup2().dup2().dcmpl().ifeq(end).pop2().loadConstant(Double.NaN);
        out.labelBinding(end);
    }

    /// From an i32 to an i64 without its sign.
    static void unsignedToLong(CodeBuilder out) {
        out.i2l().loadConstant(0xffff_ffffL).land();
    }

    private static CodeBuilder call(
            CodeBuilder out, ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
        return out.invokestatic(owner, name, MethodTypeDesc.of(result, parameters));
    }

    private static IllegalStateException unknown(int op) {
        return new IllegalStateException("not a numeric instruction: 0x" + Integer.toHexString(op));
    }
}
