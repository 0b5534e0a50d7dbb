package org.ambientvcp.wasm;

import java.util.ArrayDeque;
import java.util.List;
import run.endive.wasm.types.BlockType;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.TypeSection;

/// Refuses an `if` without `else` that does not give what it takes. The parser's validation (Endive 1.2.0) compares
/// only how many values there are.
final class IfCheck {
    private static final long NO_IF = BlockType.empty();

    private IfCheck() {}

    /// @param instructions of a valid function
    static void check(List<? extends Instruction> instructions, TypeSection types) throws Refusal {
        // By open block its type if it is an `if` that has had no `else` so far.
        var blocks = new ArrayDeque<Long>();
        for (var instruction : instructions) {
            switch (instruction.opcode()) {
                case BLOCK, LOOP -> blocks.push(NO_IF);
                case IF -> blocks.push(instruction.operand(0));
                case ELSE -> {
                    blocks.pop();
                    blocks.push(NO_IF);
                }
                case END -> {
                    if (!blocks.isEmpty() && !givesWhatItTakes(blocks.pop(), types))
                        throw new Refusal("malformed: type mismatch: an if without else gives what it takes");
                }
                default -> {}
            }
        }
    }

    private static boolean givesWhatItTakes(long blockType, TypeSection types) {
        if (BlockType.isEmpty(blockType)) return true;
        if (!BlockType.isTypeIndex(blockType)) return false;
        var type = types.getType((int) BlockType.typeIndex(blockType));
        return type.params().equals(type.returns());
    }
}
