package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.machine.Instance;

/// Instructions on memory, tables and segments as a whole. Each gives the new top of the stack.
final class ResourceOps {
    private ResourceOps() {}

    /// Those that take no gas beside their one.
    static int small(int op, int immediate, Instance instance, int sp) {
        var s = instance.stack;
        var tables = instance.tableOperations();
        return switch (op) {
            case Op.TABLE_GET -> {
                s[sp - 1] = tables.get((int) s[sp - 1], immediate);
                yield sp;
            }
            case Op.TABLE_SET -> {
                tables.set((int) s[sp - 2], (int) s[sp - 1], immediate);
                yield sp - 2;
            }
            case Op.TABLE_SIZE -> {
                s[sp] = tables.size(immediate);
                yield sp + 1;
            }
            case Op.DATA_DROP -> {
                instance.memoryOperations().drop(immediate);
                yield sp;
            }
            case Op.ELEM_DROP -> {
                tables.drop(immediate);
                yield sp;
            }
            default -> throw new IllegalStateException("not an instruction: " + op);
        };
    }

    /// Those that take gas by size; gas and path have been written back.
    ///
    /// @param pc of the first immediate, if there is one
    static int bulk(Instance instance, int[] code, int pc, int sp) {
        var s = instance.stack;
        var memory = instance.memoryOperations();
        var tables = instance.tableOperations();
        var third = (int) s[sp - 1];
        if (code[pc - 1] == Op.MEMORY_GROW) {
            s[sp - 1] = memory.grow(third);
            return sp;
        }
        var second = (int) s[sp - 2];
        if (code[pc - 1] == Op.TABLE_GROW) {
            s[sp - 2] = tables.grow(second, third, code[pc]);
            return sp - 1;
        }
        var first = (int) s[sp - 3];
        switch (code[pc - 1]) {
            case Op.MEMORY_INIT -> memory.init(first, second, third, code[pc]);
            case Op.MEMORY_COPY -> memory.copy(first, second, third);
            case Op.MEMORY_FILL -> memory.fill(first, second, third);
            case Op.TABLE_INIT -> tables.init(first, second, third, code[pc], code[pc + 1]);
            case Op.TABLE_COPY -> tables.copy(first, second, third, code[pc], code[pc + 1]);
            case Op.TABLE_FILL -> tables.fill(first, second, third, code[pc]);
            default -> throw new IllegalStateException("not an instruction: " + code[pc - 1]);
        }
        return sp - 3;
    }
}
