package org.ambientvcp.wasm.compiler;

import java.util.BitSet;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Op;

/// What has to be known of a function before it is compiled.
///
/// @param targets positions that are jumped to
/// @param starts positions where instructions start
/// @param usesMemory whether it loads, stores, or asks for the memory's size
/// @param traps whether an instruction of its own may trap without calling anything
/// @param isCompilable whether it is worth trying
record Survey(BitSet targets, BitSet starts, boolean usesMemory, boolean traps, boolean isCompilable) {
    /// Bound of what stack maps may take, in locals of all labels together.
    private static final long MOST_LABEL_LOCALS = 1 << 21;

    /// Bound of flat code that may fit into a method: an int of it seldom makes less than half a byte.
    private static final int MOST_INTS = 2 * MethodLimit.MOST_BYTES;

    static Survey of(ModuleCode module, FunctionCode function) {
        var code = function.code();
        var targets = new BitSet();
        var starts = new BitSet();
        var usesMemory = false;
        var traps = false;
        var isCompilable = Types.isCallable(function.signature());
        for (var at = 0; at < code.length; at += Op.width(code, at)) {
            starts.set(at);
            var op = code[at];
            usesMemory |= Op.isLoad(op) || Op.isStore(op) || op == Op.MEMORY_SIZE;
            traps |= traps(op);
            isCompilable &= isCallable(module, code, at);
            addTargets(code, at, targets);
        }
        var values = (long) Types.words(function.locals()) + 2L * function.operands();
        isCompilable &= targets.cardinality() * values <= MOST_LABEL_LOCALS;
        isCompilable &= code.length <= MOST_INTS;
        return new Survey(targets, starts, usesMemory, traps, isCompilable);
    }

    private static void addTargets(int[] code, int at, BitSet targets) {
        switch (code[at]) {
            case Op.JUMP, Op.JUMP_IF, Op.JUMP_UNLESS -> targets.set(code[at + 1]);
            case Op.JUMP_TABLE -> {
                for (var i = 0; i <= code[at + 1]; i++) targets.set(code[at + 2 + i]);
            }
            default -> {}
        }
    }

    private static boolean isCallable(ModuleCode module, int[] code, int at) {
        return switch (code[at]) {
            case Op.CALL ->
                Types.isCallable(module.functions().get(code[at + 1]).signature());
            case Op.CALL_HOST -> Types.isCallable(module.signature(code[at + 1]));
            case Op.CALL_INDIRECT -> Types.isCallable(module.types().get(code[at + 1]));
            default -> true;
        };
    }

    private static boolean traps(int op) {
        return switch (op) {
            case Op.UNREACHABLE, Op.TRAP_MEMORY, Op.CALL_INDIRECT, Op.TABLE_GET, Op.TABLE_SET -> true;
            case 0x6d, 0x6e, 0x6f, 0x70, 0x7f, 0x80, 0x81, 0x82 -> true; // div and rem
            case 0xa8, 0xa9, 0xaa, 0xab, 0xae, 0xaf, 0xb0, 0xb1 -> true; // trunc
            default -> Op.isLoad(op) || Op.isStore(op);
        };
    }
}
