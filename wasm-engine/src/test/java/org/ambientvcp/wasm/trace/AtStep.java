package org.ambientvcp.wasm.trace;

import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.interpreter.StepListener;
import org.ambientvcp.wasm.machine.Instance;

/// Changes the state of a run before one step.
final class AtStep implements StepListener {
    interface Change {
        /// @param base of the locals in the instance's stack
        /// @param top behind the last operand
        void apply(Instance instance, int base, int top);
    }

    private final Change change;
    private long left;

    AtStep(long step, Change change) {
        this.left = step;
        this.change = change;
    }

    @Override
    public void step(Instance instance, FunctionCode function, int offset, int base, int top) {
        if (left-- == 0) change.apply(instance, base, top);
    }
}
