package org.ambientvcp.wasm.compiler;

import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.MethodTypeDesc;
import org.ambientvcp.wasm.code.Kind;

/// A comparison whose operands are on the operand stack and which has not been made, so that a jump that follows can be
/// one instruction with it.
///
/// @param isUnsigned whether integers are
/// @param isWithZero whether the second operand is not on the stack but 0
/// @param isNegated whether it holds if the relation does not; not the same as the opposite relation, for NaN
record Condition(Kind kind, Relation relation, boolean isUnsigned, boolean isWithZero, boolean isNegated) {

    enum Relation {
        EQUAL(Opcode.IFEQ, Opcode.IF_ICMPEQ),
        NOT_EQUAL(Opcode.IFNE, Opcode.IF_ICMPNE),
        LESS(Opcode.IFLT, Opcode.IF_ICMPLT),
        NOT_LESS(Opcode.IFGE, Opcode.IF_ICMPGE),
        GREATER(Opcode.IFGT, Opcode.IF_ICMPGT),
        NOT_GREATER(Opcode.IFLE, Opcode.IF_ICMPLE);

        private final Opcode withZero;
        private final Opcode ofInts;

        Relation(Opcode withZero, Opcode ofInts) {
            this.withZero = withZero;
            this.ofInts = ofInts;
        }

        Relation opposite() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> NOT_LESS;
                case NOT_LESS -> LESS;
                case GREATER -> NOT_GREATER;
                case NOT_GREATER -> GREATER;
            };
        }
    }

    private static final int I32_EQZ = 0x45;
    private static final int I64_EQZ = 0x50;
    private static final int F32_EQ = 0x5b;
    private static final int F64_EQ = 0x61;
    private static final int LAST = 0x66;

    /// An i32 that is not 0, as jumps test it.
    static final Condition NOT_ZERO = new Condition(Kind.I32, Relation.NOT_EQUAL, false, true, false);

    /// Whether a numeric instruction compares.
    static boolean isComparison(int op) {
        return op >= I32_EQZ && op <= LAST;
    }

    static Condition of(int op) {
        if (op == I32_EQZ) return new Condition(Kind.I32, Relation.EQUAL, false, true, false);
        if (op < I64_EQZ) return ofIntegers(Kind.I32, op - I32_EQZ - 1);
        if (op == I64_EQZ) return new Condition(Kind.I64, Relation.EQUAL, false, true, false);
        if (op < F32_EQ) return ofIntegers(Kind.I64, op - I64_EQZ - 1);
        return op < F64_EQ ? ofFloats(Kind.F32, op - F32_EQ) : ofFloats(Kind.F64, op - F64_EQ);
    }

    /// In WASM's order: eq, ne, lt_s, lt_u, gt_s, gt_u, le_s, le_u, ge_s, ge_u.
    private static Condition ofIntegers(Kind kind, int number) {
        var isUnsigned = number > 2 && number % 2 == 1;
        var relation = switch (number) {
            case 0 -> Relation.EQUAL;
            case 1 -> Relation.NOT_EQUAL;
            case 2, 3 -> Relation.LESS;
            case 4, 5 -> Relation.GREATER;
            case 6, 7 -> Relation.NOT_GREATER;
            default -> Relation.NOT_LESS;
        };
        return new Condition(kind, relation, isUnsigned, false, false);
    }

    /// In WASM's order: eq, ne, lt, gt, le, ge.
    private static Condition ofFloats(Kind kind, int number) {
        var relation = switch (number) {
            case 0 -> Relation.EQUAL;
            case 1 -> Relation.NOT_EQUAL;
            case 2 -> Relation.LESS;
            case 3 -> Relation.GREATER;
            case 4 -> Relation.NOT_GREATER;
            default -> Relation.NOT_LESS;
        };
        return new Condition(kind, relation, false, false, false);
    }

    /// Operands it takes from the stack.
    int operands() {
        return isWithZero ? 1 : 2;
    }

    Condition negated() {
        return new Condition(kind, relation, isUnsigned, isWithZero, !isNegated);
    }

    /// Takes the operands from the JVM's stack and jumps back if it holds. Where a comparison is an instruction of
    /// its own it jumps over the jump: HotSpot keeps what is on the stack at a jump back, and would make the
    /// comparison's result a number.
    void jumpBack(CodeBuilder out, Label target) {
        if (kind == Kind.I32 && !isUnsigned) {
            jump(out, target);
            return;
        }
        var on = out.newLabel();
        negated().jump(out, on);
        out.goto_(target).labelBinding(on);
    }

    /// Takes the operands from the JVM's stack and jumps if it holds.
    void jump(CodeBuilder out, Label target) {
        var tested = isNegated ? relation.opposite() : relation;
        if (kind == Kind.I32 && !isUnsigned) {
            out.branch(isWithZero ? tested.withZero : tested.ofInts, target);
            return;
        }
        if (isWithZero) out.lconst_0();
        compare(out);
        out.branch(tested.withZero, target);
    }

    /// Leaves an int below, at or above 0, so that a relation with NaN does not hold but [Relation#NOT_EQUAL].
    private void compare(CodeBuilder out) {
        var isLess = relation == Relation.LESS || relation == Relation.NOT_GREATER;
        switch (kind) {
            case I32 -> out.invokestatic(CD_Integer, "compareUnsigned", MethodTypeDesc.of(CD_int, CD_int, CD_int));
            case I64 -> {
                if (isUnsigned)
                    out.invokestatic(CD_Long, "compareUnsigned", MethodTypeDesc.of(CD_int, CD_long, CD_long));
                else out.lcmp();
            }
            case F32 -> {
                if (isLess) out.fcmpg();
                else out.fcmpl();
            }
            case F64 -> {
                if (isLess) out.dcmpg();
                else out.dcmpl();
            }
        }
    }

    /// Takes the operands from the JVM's stack and leaves 1 or 0.
    void decide(CodeBuilder out) {
        var holds = out.newLabel();
        var end = out.newLabel();
        jump(out, holds);
        out.iconst_0().goto_(end);
        out.labelBinding(holds).iconst_1();
        out.labelBinding(end);
    }
}
