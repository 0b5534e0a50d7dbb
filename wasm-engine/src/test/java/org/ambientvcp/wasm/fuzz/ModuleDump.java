package org.ambientvcp.wasm.fuzz;

import java.util.Locale;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.OpCode;

/// A module's functions as text that a person can read, indented by blocks.
final class ModuleDump {
    private ModuleDump() {}

    static String of(WasmModule module) {
        var text = new StringBuilder();
        var types = module.typeSection();
        for (var i = 0; i < types.typeCount(); i++) text.append("type %d %s\n".formatted(i, types.getType(i)));
        for (var i = 0; i < module.globalSection().globalCount(); i++)
            text.append("global %d %s %s\n"
                    .formatted(
                            i,
                            module.globalSection().getGlobal(i).valueType(),
                            module.globalSection().getGlobal(i).initInstructions()));
        for (var i = 0; i < module.functionSection().functionCount(); i++) {
            var body = module.codeSection().getFunctionBody(i);
            text.append("func %d %s locals %s\n"
                    .formatted(
                            i + module.importSection().importCount(),
                            types.getType(module.functionSection().getFunctionType(i)),
                            body.localTypes()));
            var depth = 1;
            for (var instruction : body.instructions()) {
                var opcode = instruction.opcode();
                if (opcode == OpCode.END || opcode == OpCode.ELSE) depth--;
                text.append("  ".repeat(Math.max(depth, 0)))
                        .append(opcode.name().toLowerCase(Locale.ROOT));
                for (var operand = 0; operand < instruction.operandCount(); operand++)
                    text.append(' ').append(instruction.operand(operand));
                text.append('\n');
                switch (opcode) {
                    case BLOCK, LOOP, IF, ELSE -> depth++;
                    default -> {}
                }
            }
        }
        return text.toString();
    }
}
