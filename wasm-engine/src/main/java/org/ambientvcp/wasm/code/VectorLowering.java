package org.ambientvcp.wasm.code;

import org.ambientvcp.wasm.machine.simd.SimdOp;
import run.endive.wasm.types.Instruction;

/// Lowers the SIMD instructions that compute on vectors to functions on their halves.
final class VectorLowering {
    /// Of vectors that are moved, of bitwise instructions, and of access to memory and single lanes.
    static final int MOVE_GAS = 2;
    /// Of all others.
    static final int LANES_GAS = 8;

    private static final int EXTEND_U = 0xad;

    private final Operands operands;
    private final Halves halves;
    private final VectorAccess access;

    VectorLowering(Emitter out, Operands operands, Halves halves) {
        this.operands = operands;
        this.halves = halves;
        this.access = new VectorAccess(out, operands, halves);
    }

    static boolean isSimd(Instruction instruction) {
        return instruction.opcode().opcode() >>> 8 == 0xfd;
    }

    /// Gas of a SIMD instruction.
    static int gas(Instruction instruction) {
        var opcode = opcode(instruction);
        var isCheap = opcode <= 0x0c || between(opcode, 0x0f, 0x22) || between(opcode, 0x4d, 0x52);
        return isCheap || between(opcode, 0x54, 0x5d) ? MOVE_GAS : LANES_GAS;
    }

    /// @return whether it always traps, so that nothing behind it runs
    boolean lower(Instruction instruction) {
        var opcode = opcode(instruction);
        if (opcode <= 0x0b || between(opcode, 0x54, 0x5d)) return access.memory(opcode, instruction);
        if (between(opcode, 0x15, 0x22)) access.lane(opcode, (int) instruction.operand(0));
        else if (between(opcode, 0x0f, 0x14)) splat(opcode);
        else compute(opcode, instruction);
        return false;
    }

    private void compute(int opcode, Instruction instruction) {
        switch (opcode) {
            case 0x0c -> {
                halves.constant(instruction.operand(0));
                halves.constant(instruction.operand(1));
            }
            case 0x0d -> shuffle(instruction.operand(0), instruction.operand(1));
            case 0x4e -> binary(0x83);
            case 0x50 -> binary(0x84);
            case 0x51 -> binary(0x85);
            case 0xce -> binary(0x7c);
            case 0xd1 -> binary(0x7d);
            case 0xd5 -> binary(0x7e);
            case 0x88, 0x8a, 0xa8, 0xaa, 0xc8, 0xca -> {
                halves.choose(true);
                extend(opcode - 1);
            }
            case 0x9d, 0x9f, 0xbd, 0xbf, 0xdd, 0xdf -> multiplyUpper(opcode - 1);
            default -> function(opcode);
        }
    }

    private void function(int opcode) {
        var op = Op.FIRST_SIMD + opcode;
        switch (SimdOp.of(opcode).shape()) {
            case UNARY -> {
                halves.take(0);
                halves.apply(op, 1);
                halves.get(0);
                halves.apply(op, 1);
            }
            case BINARY -> binary(op);
            case TERNARY -> {
                halves.spill(5);
                halves.get(1, 3);
                halves.apply(op, 3);
                halves.get(0, 2, 4);
                halves.apply(op, 3);
            }
            case SHIFT -> {
                halves.convert(EXTEND_U, Kind.I64);
                halves.spill(2);
                halves.get(1);
                halves.apply(op, 2);
                halves.get(0, 1);
                halves.apply(op, 2);
            }
            case TEST -> {
                halves.apply(op, 2);
                halves.wrap();
            }
            case EXTEND -> {
                halves.choose(false);
                extend(opcode);
            }
            case EXTEND_MULTIPLY -> multiplyLower(opcode);
            case NARROW -> {
                halves.spill(2);
                halves.apply(op, 2);
                halves.get(0, 1);
                halves.apply(op, 2);
            }
            case NARROW_ZERO -> {
                halves.apply(op, 2);
                halves.constant(0);
            }
            case SWIZZLE -> {
                halves.spill(3);
                halves.tee(3);
                halves.get(0, 1);
                halves.apply(op, 3);
                halves.get(3, 0, 2);
                halves.apply(op, 3);
            }
            case SHUFFLE, SPLAT, REPLACE -> throw new IllegalStateException("has immediates or scalars: " + opcode);
        }
    }

    private void binary(int op) {
        halves.spill(3);
        halves.get(1);
        halves.apply(op, 2);
        halves.get(0, 2);
        halves.apply(op, 2);
    }

    /// Of one half on top, both halves of the result.
    private void extend(int opcode) {
        halves.tee(0);
        halves.apply(Op.FIRST_SIMD + opcode, 1);
        halves.get(0);
        halves.apply(Op.FIRST_SIMD_UPPER + opcode, 1);
    }

    private void multiplyLower(int opcode) {
        halves.spill(3);
        halves.tee(0);
        halves.get(1);
        halves.apply(Op.FIRST_SIMD + opcode, 2);
        halves.get(0, 1);
        halves.apply(Op.FIRST_SIMD_UPPER + opcode, 2);
    }

    private void multiplyUpper(int opcode) {
        halves.spill(3);
        halves.drop();
        halves.get(0, 2);
        halves.apply(Op.FIRST_SIMD + opcode, 2);
        halves.get(0, 2);
        halves.apply(Op.FIRST_SIMD_UPPER + opcode, 2);
    }

    private void shuffle(long lower, long upper) {
        halves.spill(4);
        ByteMoves.write(lower, halves);
        ByteMoves.write(upper, halves);
    }

    private void splat(int opcode) {
        operands.makeExact(1, 0);
        access.toHalf(opcode);
        if (opcode != 0x12 && opcode != 0x14)
            halves.apply(Op.FIRST_SIMD + (opcode == 0x13 ? SimdOp.I32X4_SPLAT.number() : opcode), 1);
        halves.tee(0);
        halves.get(0);
    }

    private static int opcode(Instruction instruction) {
        return instruction.opcode().opcode() & 0xff;
    }

    private static boolean between(int opcode, int first, int last) {
        return opcode >= first && opcode <= last;
    }
}
