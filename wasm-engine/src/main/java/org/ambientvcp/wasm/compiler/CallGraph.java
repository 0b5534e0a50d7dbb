package org.ambientvcp.wasm.compiler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Op;

/// Which functions may come to `memory.grow`, by themselves or by what they call. A host function does not.
final class CallGraph {
    private final BitSet growing = new BitSet();

    CallGraph(ModuleCode module) {
        var functions = module.functions();
        var callers = new ArrayList<List<Integer>>();
        for (var _ : functions) callers.add(new ArrayList<>());
        var waiting = new ArrayDeque<Integer>();
        var growsAny = functions.stream().anyMatch(FunctionCode::growsMemory);
        for (var function : functions) {
            var callsUnknown = addCalls(function, callers);
            if (function.growsMemory() || (growsAny && callsUnknown)) mark(function.index(), waiting);
        }
        while (!waiting.isEmpty()) for (var caller : callers.get(waiting.remove())) mark(caller, waiting);
    }

    private void mark(int function, ArrayDeque<Integer> waiting) {
        if (growing.get(function)) return;
        growing.set(function);
        waiting.add(function);
    }

    /// @return whether the function has indirect calls
    private static boolean addCalls(FunctionCode function, List<List<Integer>> callers) {
        var code = function.code();
        var callsUnknown = false;
        for (var at = 0; at < code.length; at += Op.width(code, at)) {
            callsUnknown |= code[at] == Op.CALL_INDIRECT;
            if (code[at] == Op.CALL) callers.get(code[at + 1]).add(function.index());
        }
        return callsUnknown;
    }

    /// Whether the memory may be another one after the call.
    ///
    /// @param function among the module's own
    boolean mayGrowMemory(int function) {
        return growing.get(function);
    }

    /// The same for a function that is not known.
    boolean mayGrowMemory() {
        return !growing.isEmpty();
    }
}
