package org.ambientvcp.wasm.interpreter;

import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.machine.Instance;

/// Watches one run of code that was lowered with steps, instruction by instruction, on the run's own thread.
public interface StepListener {
    /// A function begins, its parameters at `instance.stack[base…]`. Of a run that ends within a function, that
    /// function and all that called it are never [#left].
    default void entered(Instance instance, FunctionCode function, int base) {}

    /// An instruction is about to be executed. Gas and path in the instance are those of the block it is in.
    ///
    /// In `instance.stack` the function's locals begin at `base`, its operands behind them, and end before `top`.
    /// Slots of i32 and f32 count with their low 32 bits only.
    ///
    /// @param offset of the instruction in the module
    void step(Instance instance, FunctionCode function, int offset, int base, int top);

    /// The function that was entered last and not left has returned.
    default void left() {}
}
