package org.ambientvcp.wasm.code;

import run.endive.wasm.types.Instruction;

/// Lowers the instructions that compute and move values, those of [FunctionLowering] without control and locals.
final class PlainLowering {
    private final Emitter out;
    private final Operands operands;
    private final ModuleTypes types;
    private final Halves halves;
    private final VectorLowering vectors;
    private boolean growsMemory;

    PlainLowering(Emitter out, Operands operands, ModuleTypes types, Halves halves) {
        this.out = out;
        this.operands = operands;
        this.types = types;
        this.halves = halves;
        this.vectors = new VectorLowering(out, operands, halves);
    }

    boolean growsMemory() {
        return growsMemory;
    }

    /// @return whether it always traps, so that nothing behind it runs
    boolean lower(Instruction instruction) {
        if (VectorLowering.isSimd(instruction)) return vectors.lower(instruction);
        var number = instruction.opcode().opcode();
        var op = number > 0xff ? 0x100 + (number & 0xff) : number;
        if (number > 0xff && number >>> 8 != 0xfc)
            throw new IllegalStateException("not a supported instruction: " + instruction.opcode());
        if (Op.isLoad(op) || Op.isStore(op)) return access(op, instruction.operand(1));
        if (Op.isNumeric(op)) numeric(op);
        else other(op, instruction);
        return false;
    }

    private boolean access(int op, long offset) {
        var kind = Op.accessKind(op);
        if (Op.isStore(op)) {
            operands.makeExact(1, 0);
            operands.pop(2);
        } else {
            operands.pop(1);
            operands.push(kind);
        }
        // No memory reaches behind 2^31, and the immediate is an int.
        var traps = offset > Integer.MAX_VALUE;
        if (traps) out.emit(Op.TRAP_MEMORY);
        else out.emit(op, (int) offset);
        return traps;
    }

    private void numeric(int op) {
        var count = Op.operands(op);
        if (readsBits(op)) operands.makeExact(count, 0);
        var state = operands.state(0);
        operands.pop(count);
        operands.push(Op.result(op), resultState(op, state));
        out.emit(op);
    }

    /// Whether the bits of a NaN operand show in the result: neg, copysign, reinterpret.
    private static boolean readsBits(int op) {
        return switch (op) {
            case 0x8c, 0x9a, 0x98, 0xa6, 0xbc, 0xbd -> true;
            default -> false;
        };
    }

    private static byte resultState(int op, byte operand) {
        if (!Op.result(op).isFloat()) return Operands.EXACT;
        return switch (op) {
            case 0x8b, 0x99 -> operand; // abs: of a canonical NaN it is canonical
            case 0x8c, 0x9a, 0x98, 0xa6, 0xbe, 0xbf -> Operands.EXACT;
            case 0xb2, 0xb3, 0xb4, 0xb5, 0xb7, 0xb8, 0xb9, 0xba -> Operands.NUMBER; // from an integer
            default -> Operands.OPEN;
        };
    }

    private void other(int op, Instruction instruction) {
        switch (instruction.opcode()) {
            case I32_CONST -> {
                operands.push(Kind.I32);
                out.emit(op, (int) instruction.operand(0));
            }
            case I64_CONST -> wide(op, Kind.I64, instruction.operand(0), Operands.EXACT);
            case F32_CONST -> {
                var bits = (int) instruction.operand(0);
                operands.push(Kind.F32, Float.isNaN(Float.intBitsToFloat(bits)) ? Operands.EXACT : Operands.NUMBER);
                out.emit(op, bits);
            }
            case F64_CONST -> {
                var bits = instruction.operand(0);
                var isNan = Double.isNaN(Double.longBitsToDouble(bits));
                wide(op, Kind.F64, bits, isNan ? Operands.EXACT : Operands.NUMBER);
            }
            case GLOBAL_GET, GLOBAL_SET -> global(op, (int) instruction.operand(0));
            case REF_NULL -> {
                operands.push(Kind.I32);
                out.emit(Op.I32_CONST, -1);
            }
            case REF_FUNC -> {
                operands.push(Kind.I32);
                out.emit(Op.I32_CONST, (int) instruction.operand(0));
            }
            case REF_IS_NULL -> {
                operands.push(Kind.I32);
                out.emit(Op.I32_CONST, -1);
                operands.pop(1);
                out.emit(I32_EQ);
            }
            default -> resource(op, instruction);
        }
    }

    private static final int I32_EQ = 0x46;

    private void global(int op, int global) {
        var place = types.globalPlace(global);
        if (types.isVector(global)) {
            if (op == Op.GLOBAL_GET) halves.getPlaces(op, place);
            else halves.setPlaces(op, place);
        } else if (op == Op.GLOBAL_GET) {
            operands.push(types.globalKind(global));
            out.emit(op, place);
        } else {
            operands.makeExact(1, 0);
            operands.pop(1);
            out.emit(op, place);
        }
    }

    private void wide(int op, Kind kind, long bits, byte state) {
        operands.push(kind, state);
        out.emit(op, (int) bits, (int) (bits >>> 32));
    }

    /// Instructions on memory, tables and segments; all their values are i32.
    private void resource(int op, Instruction instruction) {
        var first = instruction.operandCount() > 0 ? (int) instruction.operand(0) : 0;
        switch (instruction.opcode()) {
            case MEMORY_SIZE -> effect(op, 0, 1);
            case MEMORY_GROW -> {
                growsMemory = true;
                effect(op, 1, 1);
            }
            case MEMORY_COPY, MEMORY_FILL -> effect(op, 3, 0);
            case MEMORY_INIT -> effect(op, 3, 0, first);
            case DATA_DROP, ELEM_DROP -> effect(op, 0, 0, first);
            case TABLE_GET -> effect(op, 1, 1, first);
            case TABLE_SET -> effect(op, 2, 0, first);
            case TABLE_SIZE -> effect(op, 0, 1, first);
            case TABLE_GROW -> effect(op, 2, 1, first);
            case TABLE_FILL -> effect(op, 3, 0, first);
            case TABLE_INIT, TABLE_COPY -> effect(op, 3, 0, first, (int) instruction.operand(1));
            default -> throw new IllegalStateException("not a supported instruction: " + instruction.opcode());
        }
    }

    private void effect(int op, int takes, int gives, int... immediates) {
        operands.pop(takes);
        for (var i = 0; i < gives; i++) operands.push(Kind.I32);
        out.emit(op);
        for (var immediate : immediates) out.emit(immediate);
    }
}
