package org.ambientvcp.wasm.hostile;

import java.util.Arrays;
import java.util.List;
import org.ambientvcp.wasm.Value;
import org.ambientvcp.wasm.ValueType;
import org.ambientvcp.wasm.WasmModule;

/// Arguments for functions that are called without a thought.
public final class Arguments {
    private Arguments() {}

    /// A zero for each number that an exported function takes; none if it takes anything else or there is no such
    /// function.
    public static List<Value> zero(WasmModule module, String function) {
        return module.exports().stream()
                .filter(export ->
                        export.name().equals(function) && export.kind().equals("function"))
                .findFirst()
                .map(export -> zeros(export.type()))
                .orElse(List.of());
    }

    private static List<Value> zeros(String type) {
        var parameters = type.substring(1, type.indexOf(')'));
        if (parameters.isEmpty() || parameters.contains("ref") || parameters.contains("v128")) return List.of();
        return Arrays.stream(parameters.split(", "))
                .map(parameter -> new Value(ValueType.valueOf(parameter.toUpperCase(java.util.Locale.ROOT)), 0))
                .toList();
    }
}
