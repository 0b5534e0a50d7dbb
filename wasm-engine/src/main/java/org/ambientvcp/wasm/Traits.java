package org.ambientvcp.wasm;

import java.util.Arrays;
import run.endive.wasm.types.OpCode;

/// What the meter has to know of an instruction, as bits of an int.
final class Traits {
    /// Costs nothing and is not in the trace.
    static final int FREE = 1;
    /// Costs more than one gas; see [Meter].
    static final int BULK = 2;
    /// Stores a number whose low 32 bits count.
    static final int STORE_32 = 4;
    static final int STORE_64 = 8;
    /// Computes an f32 or f64, so that a NaN among them is not determined by WASM.
    static final int COMPUTES_F32 = 16;
    static final int COMPUTES_F64 = 32;

    static final int PLAIN = FREE | BULK | STORE_32 | STORE_64;
    static final int COMPUTES_FLOAT = COMPUTES_F32 | COMPUTES_F64;

    private static final int[] TABLE =
            Arrays.stream(OpCode.values()).mapToInt(Traits::decide).toArray();

    private Traits() {}

    /// The traits of an opcode. Asked for every executed instruction.
    @SuppressWarnings("EnumOrdinal") // an EnumMap would box; the table never leaves the process
    static int of(OpCode opcode) {
        return TABLE[opcode.ordinal()];
    }

    private static int decide(OpCode opcode) {
        return switch (opcode) {
            case ELSE, END -> FREE;
            case MEMORY_GROW, MEMORY_FILL, MEMORY_COPY, MEMORY_INIT, TABLE_GROW, TABLE_FILL, TABLE_COPY, TABLE_INIT ->
                BULK;
            case I32_STORE, I32_STORE8, I32_STORE16, F32_STORE -> STORE_32;
            case I64_STORE, I64_STORE8, I64_STORE16, I64_STORE32, F64_STORE -> STORE_64;
            case F32_ADD,
                    F32_SUB,
                    F32_MUL,
                    F32_DIV,
                    F32_SQRT,
                    F32_MIN,
                    F32_MAX,
                    F32_CEIL,
                    F32_FLOOR,
                    F32_TRUNC,
                    F32_NEAREST,
                    F32_DEMOTE_F64 -> COMPUTES_F32;
            case F64_ADD,
                    F64_SUB,
                    F64_MUL,
                    F64_DIV,
                    F64_SQRT,
                    F64_MIN,
                    F64_MAX,
                    F64_CEIL,
                    F64_FLOOR,
                    F64_TRUNC,
                    F64_NEAREST,
                    F64_PROMOTE_F32 -> COMPUTES_F64;
            default -> 0;
        };
    }
}
