package org.ambientvcp.wasm.trace;

import java.util.Arrays;
import org.ambientvcp.wasm.code.FunctionCode;

/// The active calls of one run, outermost first.
final class Frames {
    private FunctionCode[] functions = new FunctionCode[16];
    private int[] bases = new int[16];
    private int[] offsets = new int[16];
    private int size;

    void push(FunctionCode function, int base) {
        if (size == functions.length) {
            functions = Arrays.copyOf(functions, size * 2);
            bases = Arrays.copyOf(bases, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        functions[size] = function;
        bases[size] = base;
        offsets[size++] = 0;
    }

    void pop() {
        size--;
    }

    /// The innermost call has come to the instruction at this offset in the module.
    void at(int offset) {
        offsets[size - 1] = offset;
    }

    int size() {
        return size;
    }

    /// Of the call at a depth, 0 for the outermost; that which was popped last is still there at [#size].
    FunctionCode function(int depth) {
        return functions[depth];
    }

    /// Where its locals begin in the instance's stack.
    int base(int depth) {
        return bases[depth];
    }

    /// Of the instruction it is at, in the module; 0 before its first.
    int offset(int depth) {
        return offsets[depth];
    }
}
