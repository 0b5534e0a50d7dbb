package org.ambientvcp.benchmarks.wasm;

import java.util.Arrays;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Op;

/// A module's code without its [Op#METER] and [Op#METER_CHECK]: what they cost is the difference.
final class Unmetered {
    private Unmetered() {}

    static ModuleCode of(ModuleCode module) {
        return new ModuleCode(
                module.types(),
                module.typeOf(),
                module.imports(),
                module.functions().stream().map(Unmetered::of).toList(),
                module.globals(),
                module.tables(),
                module.memory(),
                module.elements(),
                module.data(),
                module.start(),
                module.names());
    }

    private static FunctionCode of(FunctionCode function) {
        return new FunctionCode(
                function.index(),
                function.signature(),
                function.locals(),
                strip(function.code()),
                function.operands(),
                function.growsMemory());
    }

    private static int[] strip(int[] code) {
        var moved = new int[code.length + 1]; // new position by old
        var stripped = new int[code.length];
        var length = 0;
        for (var at = 0; at < code.length; at += Op.width(code, at)) {
            moved[at] = length;
            if (code[at] == Op.METER || code[at] == Op.METER_CHECK) continue;
            var width = Op.width(code, at);
            System.arraycopy(code, at, stripped, length, width);
            length += width;
        }
        var result = Arrays.copyOf(stripped, length);
        for (var at = 0; at < length; at += Op.width(result, at)) {
            switch (result[at]) {
                case Op.JUMP, Op.JUMP_IF, Op.JUMP_UNLESS -> result[at + 1] = moved[result[at + 1]];
                case Op.JUMP_TABLE -> {
                    for (var target = at + 2; target < at + Op.width(result, at); target++)
                        result[target] = moved[result[target]];
                }
                default -> {}
            }
        }
        return result;
    }
}
