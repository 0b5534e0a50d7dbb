package org.ambientvcp.wasm.machine;

import org.ambientvcp.wasm.code.Constant;

/// What a module writes into a new instance.
final class Segments {
    private Segments() {}

    /// @param globals bits of those that come before
    static long value(Constant constant, long[] globals) {
        return constant.isGlobal() ? globals[(int) constant.bits()] : constant.bits();
    }

    /// Writes the active segments, in the module's order, and drops them and the declared ones. Free of gas:
    /// bounded by the module's size.
    static void writeActive(Instance instance) {
        var module = instance.module;
        var tables = instance.tableOperations();
        for (var segment = 0; segment < module.elements().size(); segment++) {
            var elements = module.elements().get(segment);
            var offset = elements.offset();
            if (offset != null) {
                var index = (int) value(offset, instance.globals);
                tables.write(index, 0, elements.values().length, segment, elements.table());
            }
            if (offset != null || elements.isDeclared()) tables.drop(segment);
        }
        var memory = instance.memoryOperations();
        for (var segment = 0; segment < module.data().size(); segment++) {
            var data = module.data().get(segment);
            var offset = data.offset();
            if (offset == null) continue;
            memory.write((int) value(offset, instance.globals), 0, data.bytes().length, segment);
            memory.drop(segment);
        }
    }
}
