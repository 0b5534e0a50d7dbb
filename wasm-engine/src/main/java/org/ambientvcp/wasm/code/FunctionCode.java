package org.ambientvcp.wasm.code;

import java.util.List;

/// One function of a module, ready to run. Immutable; the arrays are shared and must not be written.
///
/// @param index among the module's own functions, imports not counted
/// @param signature parameters and results
/// @param locals kinds of the parameters and, behind them, the locals
/// @param code see [Op]
/// @param operands most values on the operand stack at once
/// @param growsMemory whether it contains `memory.grow`
@SuppressWarnings("ArrayRecordComponent") // a copy for every reader would cost more than the module itself
public record FunctionCode(
        int index, Signature signature, List<Kind> locals, int[] code, int operands, boolean growsMemory) {
    /// What an active call takes of the run's stack beside its values.
    public static final int CALL_SLOTS = 64;

    /// Values of the run's stack that one active call takes, see [Limits#STACK_SLOTS].
    public int slots() {
        return CALL_SLOTS + locals.size() + operands;
    }
}
