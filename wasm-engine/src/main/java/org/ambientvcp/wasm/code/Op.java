package org.ambientvcp.wasm.code;

import org.ambientvcp.wasm.machine.simd.SimdOp;

/// Instructions of the flat code. Those of WASM that compute keep their opcode, with 0x100 in place of the prefix 0xfc
/// and 0x200 in place of the prefix 0xfd for the functions of [SimdOp] on halves of vectors;
/// control is our own. An instruction is one int, followed by its immediates, one int each.
///
/// Branches move nothing: values that a WASM branch would carry down the operand stack are moved by a [#MOVE] before.
public final class Op {
    /// Traps.
    public static final int UNREACHABLE = 0x00;
    /// `gas id`: takes the gas of the basic block that begins here, and adds the block to the path. `id` is the
    /// offset of the block's first instruction in the module.
    public static final int METER = 0x01;
    /// `gas id`: as [#METER], then looks whether the gas has run out or an event is due. Stands at the entry of
    /// every function and at every loop header, and nowhere else.
    public static final int METER_CHECK = 0x02;
    /// `target`: index of an instruction in the same code.
    public static final int JUMP = 0x03;
    /// `target`: jumps if the popped i32 is not 0.
    public static final int JUMP_IF = 0x04;
    /// `target`: jumps if the popped i32 is 0.
    public static final int JUMP_UNLESS = 0x05;
    /// `n`, then `n + 1` targets: the popped i32, unsigned, chooses; the last is for all that are n or more.
    public static final int JUMP_TABLE = 0x06;
    /// `arity drop`: removes `drop` values from below the top `arity` ones.
    public static final int MOVE = 0x07;
    /// `depth`: makes a NaN canonical, `depth` values below the top.
    public static final int CANON_F32 = 0x08;
    public static final int CANON_F64 = 0x09;
    /// Traps with out of bounds memory access.
    public static final int TRAP_MEMORY = 0x0a;
    /// `offset`: an instruction of the module begins here. Only in code made for tracing.
    public static final int STEP = 0x0b;
    /// Returns the function's results from the top of the stack.
    public static final int RETURN = 0x0f;
    /// `function`: index among the module's own functions, imports not counted.
    public static final int CALL = 0x10;
    /// `type table`: a canonical type, see [ModuleCode#typeOf].
    public static final int CALL_INDIRECT = 0x11;
    /// `import`: index among the imports.
    public static final int CALL_HOST = 0x12;

    public static final int DROP = 0x1a;
    public static final int SELECT = 0x1b;
    public static final int LOCAL_GET = 0x20;
    public static final int LOCAL_SET = 0x21;
    public static final int LOCAL_TEE = 0x22;
    public static final int GLOBAL_GET = 0x23;
    public static final int GLOBAL_SET = 0x24;
    public static final int TABLE_GET = 0x25;
    public static final int TABLE_SET = 0x26;

    /// Loads and stores have their offset, 0 to 2^31 - 1, as immediate.
    public static final int FIRST_LOAD = 0x28;

    public static final int FIRST_STORE = 0x36;
    public static final int LAST_STORE = 0x3e;
    public static final int MEMORY_SIZE = 0x3f;
    public static final int MEMORY_GROW = 0x40;
    /// `bits`.
    public static final int I32_CONST = 0x41;
    /// `low high`.
    public static final int I64_CONST = 0x42;
    /// `bits`.
    public static final int F32_CONST = 0x43;
    /// `low high`.
    public static final int F64_CONST = 0x44;

    public static final int FIRST_NUMERIC = 0x45;
    public static final int LAST_NUMERIC = 0xc4;
    public static final int FIRST_SATURATING = 0x100;
    public static final int LAST_SATURATING = 0x107;
    /// `segment`.
    public static final int MEMORY_INIT = 0x108;
    /// `segment`.
    public static final int DATA_DROP = 0x109;
    public static final int MEMORY_COPY = 0x10a;
    public static final int MEMORY_FILL = 0x10b;
    /// `segment table`.
    public static final int TABLE_INIT = 0x10c;
    /// `segment`.
    public static final int ELEM_DROP = 0x10d;
    /// `destination source`.
    public static final int TABLE_COPY = 0x10e;
    /// `table`.
    public static final int TABLE_GROW = 0x10f;
    /// `table`.
    public static final int TABLE_SIZE = 0x110;
    /// `table`.
    public static final int TABLE_FILL = 0x111;

    /// Functions on i64, see [SimdOp#of].
    public static final int FIRST_SIMD = 0x200;
    /// Those for the upper half of a result where it is another function.
    public static final int FIRST_SIMD_UPPER = 0x300;

    private Op() {}

    /// Ints that the instruction at `at` takes, with its immediates.
    public static int width(int[] code, int at) {
        return switch (code[at]) {
            case METER, METER_CHECK, MOVE, CALL_INDIRECT, I64_CONST, F64_CONST, TABLE_INIT, TABLE_COPY -> 3;
            case JUMP_TABLE -> code[at + 1] + 3;
            case JUMP, JUMP_IF, JUMP_UNLESS, CANON_F32, CANON_F64, STEP, CALL, CALL_HOST -> 2;
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE, GLOBAL_GET, GLOBAL_SET, TABLE_GET, TABLE_SET -> 2;
            case I32_CONST, F32_CONST -> 2;
            case MEMORY_INIT, DATA_DROP, ELEM_DROP, TABLE_GROW, TABLE_SIZE, TABLE_FILL -> 2;
            default -> code[at] >= FIRST_LOAD && code[at] <= LAST_STORE ? 2 : 1;
        };
    }

    /// Whether it loads from memory: takes an address, gives a value of [#accessKind].
    public static boolean isLoad(int op) {
        return op >= FIRST_LOAD && op < FIRST_STORE;
    }

    /// Whether it stores to memory: takes an address and a value of [#accessKind].
    public static boolean isStore(int op) {
        return op >= FIRST_STORE && op <= LAST_STORE;
    }

    /// The kind that a load gives or a store takes.
    public static Kind accessKind(int op) {
        return switch (op) {
            case 0x28, 0x2c, 0x2d, 0x2e, 0x2f, 0x36, 0x3a, 0x3b -> Kind.I32;
            case 0x2a, 0x38 -> Kind.F32;
            case 0x2b, 0x39 -> Kind.F64;
            default -> Kind.I64;
        };
    }

    /// Whether it is a pure function of its operands, see [#operands] and [#result].
    public static boolean isNumeric(int op) {
        return isBetween(op, FIRST_NUMERIC, LAST_NUMERIC)
                || isBetween(op, FIRST_SATURATING, LAST_SATURATING)
                || op >= FIRST_SIMD;
    }

    /// Number of operands of a numeric instruction, 1 or 2, of SIMD functions up to 5; all of [#operandKind].
    public static int operands(int op) {
        if (op >= FIRST_SIMD) return SimdOp.of(op - FIRST_SIMD).shape().operands();
        return isBetween(op, 0x46, 0x4f)
                        || isBetween(op, 0x51, 0x66)
                        || isBetween(op, 0x6a, 0x78)
                        || isBetween(op, 0x7c, 0x8a)
                        || isBetween(op, 0x92, 0x98)
                        || isBetween(op, 0xa0, 0xa6)
                ? 2
                : 1;
    }

    /// The kind of the operands of a numeric instruction.
    public static Kind operandKind(int op) {
        if (op >= FIRST_SIMD) return Kind.I64;
        if (op <= 0x4f || isBetween(op, 0x67, 0x78)) return Kind.I32;
        if (op <= 0x5a || isBetween(op, 0x79, 0x8a)) return Kind.I64;
        if (op <= 0x60 || isBetween(op, 0x8b, 0x98)) return Kind.F32;
        if (op <= 0x66 || isBetween(op, 0x99, 0xa6)) return Kind.F64;
        return switch (op) {
            case 0xac, 0xad, 0xb2, 0xb3, 0xb7, 0xb8, 0xbe, 0xc0, 0xc1 -> Kind.I32;
            case 0xa7, 0xb4, 0xb5, 0xb9, 0xba, 0xbf, 0xc2, 0xc3, 0xc4 -> Kind.I64;
            case 0xa8, 0xa9, 0xae, 0xaf, 0xbb, 0xbc, 0x100, 0x101, 0x104, 0x105 -> Kind.F32;
            default -> Kind.F64;
        };
    }

    /// The kind that a numeric instruction gives.
    public static Kind result(int op) {
        if (op >= FIRST_SIMD) return Kind.I64;
        if (op <= 0x66) return Kind.I32;
        if (op <= 0xa6) return operandKind(op);
        return switch (op) {
            case 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xbc, 0xc0, 0xc1, 0x100, 0x101, 0x102, 0x103 -> Kind.I32;
            case 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xbe -> Kind.F32;
            case 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbf -> Kind.F64;
            default -> Kind.I64;
        };
    }

    private static boolean isBetween(int op, int first, int last) {
        return op >= first && op <= last;
    }
}
