package org.ambientvcp.wasm;

import java.util.List;
import java.util.stream.Collectors;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.ValType;

/// Types as people write them.
final class TypeText {
    private TypeText() {}

    /// For example `(i32, i64) -> i32`, `() -> ()`, `(f64) -> (i32, i32)`.
    static String of(FunctionType type) {
        var results = type.returns();
        return list(type.params()) + " -> " + (results.size() == 1 ? of(results.getFirst()) : list(results));
    }

    static String of(ValType type) {
        if (type.equals(ValType.I32)) return "i32";
        if (type.equals(ValType.I64)) return "i64";
        if (type.equals(ValType.F32)) return "f32";
        if (type.equals(ValType.F64)) return "f64";
        if (type.equals(ValType.V128)) return "v128";
        if (type.equals(ValType.FuncRef)) return "funcref";
        if (type.equals(ValType.ExternRef)) return "externref";
        return "a type this engine does not have";
    }

    static String of(MutabilityType mutability, ValType type) {
        return mutability == MutabilityType.Var ? "mut " + of(type) : of(type);
    }

    static String of(MemoryLimits limits) {
        return limits.initialPages() + "–" + limits.maximumPages() + " pages";
    }

    static String of(Table table) {
        return of(table.elementType()) + " " + table.limits().min() + "–"
                + table.limits().max();
    }

    /// Whether the engine has the type.
    static boolean isKnown(ValType type) {
        return !of(type).startsWith("a ");
    }

    private static String list(List<ValType> types) {
        return types.stream().map(TypeText::of).collect(Collectors.joining(", ", "(", ")"));
    }
}
