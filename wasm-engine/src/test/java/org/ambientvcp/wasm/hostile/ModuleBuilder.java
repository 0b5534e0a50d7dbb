package org.ambientvcp.wasm.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ambientvcp.wasm.fuzz.Binary;

/// Puts sections together, whether they fit or not. Without another word there is the type `() -> ()`.
final class ModuleBuilder {
    private static final List<Integer> ORDER = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11);

    private final Map<Integer, byte[]> sections = new TreeMap<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final Binary behind = new Binary();

    ModuleBuilder() {
        section(1, 1, 0x60, 0, 0);
        section(7, 1, 1, 'f', 0, 0);
    }

    ModuleBuilder section(int id, int... octets) {
        return section(id, new Binary().octets(octets).toArray());
    }

    ModuleBuilder section(int id, byte[] content) {
        sections.put(id, content);
        return this;
    }

    ModuleBuilder without(int id) {
        sections.remove(id);
        return this;
    }

    /// A function of the first type. The body has its locals before it and its `end` behind it.
    ModuleBuilder function(byte[] body) {
        bodies.add(body);
        return this;
    }

    ModuleBuilder function(int... body) {
        return function(new Binary().octets(body).toArray());
    }

    /// Bytes behind the last section.
    ModuleBuilder behind(int... octets) {
        behind.octets(octets);
        return this;
    }

    byte[] build() {
        if (!bodies.isEmpty()) {
            var declared = new Binary().unsigned(bodies.size());
            var code = new Binary().unsigned(bodies.size());
            for (var body : bodies) {
                declared.octets(0);
                code.sized(body);
            }
            sections.putIfAbsent(3, declared.toArray());
            sections.putIfAbsent(10, code.toArray());
        }
        var module = new Binary().octets(0, 'a', 's', 'm', 1, 0, 0, 0);
        for (var id : ORDER)
            if (sections.containsKey(id)) module.section(id, section -> section.bytes(sections.get(id)));
        return module.bytes(behind.toArray()).toArray();
    }
}
