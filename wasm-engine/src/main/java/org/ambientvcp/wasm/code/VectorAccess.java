package org.ambientvcp.wasm.code;

import org.ambientvcp.wasm.machine.simd.SimdOp;
import run.endive.wasm.types.Instruction;

/// Lowers SIMD instructions on memory and on single lanes.
final class VectorAccess {
    private static final int I64_LOAD = 0x29;
    private static final int I64_STORE = 0x37;
    private static final int I64_LOAD_32_U = 0x35;
    private static final int SHIFT_RIGHT_U = 0x88;
    private static final int EXTEND_U = 0xad;

    /// Of one lane by the logarithm of its bytes, without sign.
    private static final int[] LOADS = {0x31, 0x33, I64_LOAD_32_U, I64_LOAD};

    private static final int[] STORES = {0x3c, 0x3d, 0x3e, I64_STORE};
    private static final SimdOp[] SPLATS = {SimdOp.I8X16_SPLAT, SimdOp.I16X8_SPLAT, SimdOp.I32X4_SPLAT};
    private static final SimdOp[] REPLACES = {
        SimdOp.I8X16_REPLACE_LANE, SimdOp.I16X8_REPLACE_LANE, SimdOp.I32X4_REPLACE_LANE
    };
    /// By the opcode of `load8x8_s` and the five behind it.
    private static final SimdOp[] EXTENDS = {
        SimdOp.I16X8_EXTEND_I8X16_S, SimdOp.I16X8_EXTEND_I8X16_U,
        SimdOp.I32X4_EXTEND_I16X8_S, SimdOp.I32X4_EXTEND_I16X8_U,
        SimdOp.I64X2_EXTEND_I32X4_S, SimdOp.I64X2_EXTEND_I32X4_U
    };

    private final Emitter out;
    private final Operands operands;
    private final Halves halves;

    VectorAccess(Emitter out, Operands operands, Halves halves) {
        this.out = out;
        this.operands = operands;
        this.halves = halves;
    }

    /// @return whether it always traps
    boolean memory(int opcode, Instruction instruction) {
        var isWhole = opcode == 0x00 || opcode == 0x0b;
        var offset = instruction.operand(1);
        // As for other instructions, and the upper half is at an offset of its own.
        if (offset > Integer.MAX_VALUE - (isWhole ? Long.BYTES : 0)) {
            out.emit(Op.TRAP_MEMORY);
            return true;
        }
        switch (opcode) {
            case 0x00 -> load((int) offset);
            case 0x01, 0x02, 0x03, 0x04, 0x05, 0x06 -> {
                load(I64_LOAD, (int) offset);
                halves.tee(0);
                halves.apply(Op.FIRST_SIMD + EXTENDS[opcode - 1].number(), 1);
                halves.get(0);
                halves.apply(Op.FIRST_SIMD_UPPER + EXTENDS[opcode - 1].number(), 1);
            }
            case 0x07, 0x08, 0x09, 0x0a -> loadSplat(opcode - 0x07, (int) offset);
            case 0x0b -> store((int) offset);
            case 0x5c, 0x5d -> {
                load(LOADS[opcode - 0x5a], (int) offset);
                halves.constant(0);
            }
            case 0x54, 0x55, 0x56, 0x57 -> loadLane(opcode - 0x54, (int) instruction.operand(3), (int) offset);
            default -> storeLane(opcode - 0x58, (int) instruction.operand(3), (int) offset);
        }
        return false;
    }

    private void load(int offset) {
        var address = teeAddress();
        load(I64_LOAD, offset);
        operands.push(Kind.I32);
        out.emit(Op.LOCAL_GET, address);
        load(I64_LOAD, offset + Long.BYTES);
    }

    private void load(int op, int offset) {
        halves.convert(op, Kind.I64);
        out.emit(offset);
    }

    /// The upper half goes first: it is what may be out of bounds, and then nothing has been written.
    private void store(int offset) {
        halves.spill(2);
        var address = teeAddress();
        halves.get(1);
        store(I64_STORE, offset + Long.BYTES);
        operands.push(Kind.I32);
        out.emit(Op.LOCAL_GET, address);
        halves.get(0);
        store(I64_STORE, offset);
    }

    private void store(int op, int offset) {
        operands.pop(2);
        out.emit(op, offset);
    }

    private int teeAddress() {
        var address = halves.address();
        out.emit(Op.LOCAL_TEE, address);
        return address;
    }

    private void loadSplat(int size, int offset) {
        load(LOADS[size], offset);
        if (size < 3) halves.apply(Op.FIRST_SIMD + SPLATS[size].number(), 1);
        halves.tee(0);
        halves.get(0);
    }

    private void loadLane(int size, int lane, int offset) {
        halves.spill(2);
        load(LOADS[size], offset);
        halves.take(2);
        halves.get(0, 1, 2);
        replace(size, lane);
    }

    private void storeLane(int size, int lane, int offset) {
        shiftToLane(size, lane);
        store(STORES[size], offset);
    }

    /// Instructions that take a lane out of a vector or put one into it.
    void lane(int opcode, int lane) {
        switch (opcode) {
            case 0x15 -> extract(0, lane, 0xc0);
            case 0x16 -> extract(0, lane, 0xff);
            case 0x18 -> extract(1, lane, 0xc1);
            case 0x19 -> extract(1, lane, 0xffff);
            case 0x1b -> {
                shiftToLane(2, lane);
                halves.wrap();
            }
            case 0x1d -> shiftToLane(3, lane);
            case 0x1f -> {
                shiftToLane(2, lane);
                halves.wrap();
                halves.convert(0xbe, Kind.F32);
            }
            case 0x21 -> {
                shiftToLane(3, lane);
                halves.convert(0xbf, Kind.F64);
            }
            default -> {
                operands.makeExact(1, 0);
                toHalf(opcode);
                replace(size(opcode), lane);
            }
        }
    }

    /// @param last instruction that extends the sign, or the mask of a lane without sign
    private void extract(int size, int lane, int last) {
        shiftToLane(size, lane);
        if (last == 0xc0 || last == 0xc1) {
            halves.wrap();
            halves.convert(last, Kind.I32);
        } else {
            halves.constant(last);
            halves.apply(0x83, 2);
            halves.wrap();
        }
    }

    /// A half instead of the vector, with the lane in its lowest bits.
    private void shiftToLane(int size, int lane) {
        var lanes = Long.BYTES >> size;
        halves.choose(lane >= lanes);
        var bits = (lane & (lanes - 1)) * (Byte.SIZE << size);
        if (bits == 0) return;
        halves.constant(bits);
        halves.apply(SHIFT_RIGHT_U, 2);
    }

    /// A vector and, on top, a lane's value in an i64 become the vector with that lane.
    private void replace(int size, int lane) {
        var lanes = Long.BYTES >> size;
        var isUpper = lane >= lanes;
        halves.take(0);
        if (!isUpper) halves.take(1);
        if (size == 3) {
            halves.drop();
            halves.get(0);
        } else {
            halves.get(0);
            halves.constant(lane & (lanes - 1));
            halves.apply(Op.FIRST_SIMD + REPLACES[size].number(), 3);
        }
        if (!isUpper) halves.get(1);
    }

    /// Turns the scalar of a splat or replacement into an i64.
    void toHalf(int opcode) {
        switch (opcode) {
            case 0x12, 0x1e -> {}
            case 0x14, 0x22 -> halves.convert(0xbd, Kind.I64);
            case 0x13, 0x20 -> {
                halves.convert(0xbc, Kind.I32);
                halves.convert(EXTEND_U, Kind.I64);
            }
            default -> halves.convert(EXTEND_U, Kind.I64);
        }
    }

    /// Logarithm of the bytes of a lane.
    private static int size(int opcode) {
        return switch (opcode) {
            case 0x17 -> 0;
            case 0x1a -> 1;
            case 0x1c, 0x20 -> 2;
            default -> 3;
        };
    }
}
