package org.ambientvcp.wasm;

import java.util.Deque;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.MStack;
import run.endive.runtime.StackFrame;
import run.endive.wasm.types.FunctionType;

/// The interpreter with a bound on active calls and on the values they keep, so that a program reaches a limit of ours
/// before it reaches one of the JVM.
final class BoundedMachine extends InterpreterMachine {
    private final int[] localsByFunction;
    private final Meter meter;
    private int depth;
    private long locals;

    /// @param localsByFunction parameters and locals by function index, 0 for imports
    BoundedMachine(Instance instance, int[] localsByFunction, Meter meter) {
        super(instance);
        this.localsByFunction = localsByFunction;
        this.meter = meter;
    }

    @Override
    protected long[] call(
            MStack stack,
            Instance instance,
            Deque<StackFrame> callStack,
            int function,
            long[] arguments,
            Object[] references,
            FunctionType expected,
            boolean popResults) {
        var frame = localsByFunction[function];
        meter.charge(Gas.frame(frame));
        if (depth == Gas.CALL_DEPTH)
            throw Stop.because(Outcome.LIMIT_EXCEEDED, "more than " + Gas.CALL_DEPTH + " active calls");
        if (locals + frame + stack.size() > Gas.STACK_VALUES)
            throw Stop.because(Outcome.LIMIT_EXCEEDED, "more than " + Gas.STACK_VALUES + " values on the stack");
        depth++;
        locals += frame;
        try {
            return super.call(stack, instance, callStack, function, arguments, references, expected, popResults);
        } finally {
            depth--;
            locals -= frame;
        }
    }
}
