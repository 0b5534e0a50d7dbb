package org.ambientvcp.wasm.compiler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Kind;

/// The JVM's local variables of a compiled function, in this order: parameters, instance, room, memory, gas, path,
/// WASM's other locals, and as they come up one for every height and kind at which an operand has to be kept while the
/// JVM's operand stack is empty.
final class Locals {
    final int instance;
    final int room;
    final int memory;
    final int gas;
    final int path;

    private final List<Kind> kinds;
    private final int[] slots;
    private final Map<Operand, Integer> operands = new HashMap<>();
    private int end;

    private record Operand(int height, Kind kind) {}

    Locals(FunctionCode function) {
        kinds = function.locals();
        slots = new int[kinds.size()];
        var parameters = function.signature().parameters().size();
        for (var local = 0; local < parameters; local++) slots[local] = take(kinds.get(local));
        instance = end++;
        room = end++;
        memory = end++;
        gas = take(Kind.I64);
        path = take(Kind.I64);
        for (var local = parameters; local < slots.length; local++) slots[local] = take(kinds.get(local));
    }

    /// WASM's locals, parameters first.
    int count() {
        return slots.length;
    }

    Kind kind(int local) {
        return kinds.get(local);
    }

    int slot(int local) {
        return slots[local];
    }

    /// Where an operand is kept.
    int operand(int height, Kind kind) {
        return operands.computeIfAbsent(new Operand(height, kind), operand -> take(operand.kind()));
    }

    /// One more, for the compiler's own use.
    int add(Kind kind) {
        return take(kind);
    }

    /// Words that all of them take now.
    int words() {
        return end;
    }

    private int take(Kind kind) {
        var slot = end;
        end += kind.isWide() ? 2 : 1;
        return slot;
    }
}
