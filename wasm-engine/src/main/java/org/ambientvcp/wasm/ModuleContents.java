package org.ambientvcp.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/// Reads off a parsed module whose imports are all functions.
final class ModuleContents {
    private ModuleContents() {}

    private static FunctionType functionType(WasmModule module, int function) {
        var imported = module.importSection().importCount();
        return function < imported
                ? module.typeSection()
                        .getType(((FunctionImport) module.importSection().getImport(function)).typeIndex())
                : module.functionSection().getFunctionType(function - imported, module.typeSection());
    }

    static Map<String, ExportedFunction> exportedFunctions(WasmModule module) {
        var functions = new HashMap<String, ExportedFunction>();
        for (var i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (export.exportType() != ExternalType.FUNCTION) continue;
            var type = functionType(module, export.index());
            functions.put(
                    export.name(),
                    new ExportedFunction(
                            export.index(), TypeText.of(type), texts(type.params()), texts(type.returns())));
        }
        return Map.copyOf(functions);
    }

    private static List<String> texts(List<ValType> types) {
        return types.stream().map(TypeText::of).toList();
    }

    static List<ModuleExport> exports(WasmModule module) {
        var exports = new ArrayList<ModuleExport>();
        for (var i = 0; i < module.exportSection().exportCount(); i++)
            exports.add(export(module, module.exportSection().getExport(i)));
        return List.copyOf(exports);
    }

    static List<ModuleImport> imports(WasmModule module) {
        return module.importSection().stream()
                .map(imported -> new ModuleImport(
                        imported.module(),
                        imported.name(),
                        kind(imported.importType()),
                        TypeText.of(module.typeSection().getType(((FunctionImport) imported).typeIndex()))))
                .toList();
    }

    private static ModuleExport export(WasmModule module, Export export) {
        return new ModuleExport(export.name(), kind(export.exportType()), type(module, export));
    }

    private static String type(WasmModule module, Export export) {
        var index = export.index();
        return switch (export.exportType()) {
            case FUNCTION -> TypeText.of(functionType(module, index));
            case GLOBAL -> {
                var global = module.globalSection().getGlobal(index);
                yield TypeText.of(global.mutabilityType(), global.valueType());
            }
            case MEMORY ->
                TypeText.of(
                        module.memorySection().orElseThrow().getMemory(index).limits());
            case TABLE -> TypeText.of(module.tableSection().getTable(index));
            case TAG -> throw new IllegalStateException("the module was checked, and tags are not supported");
        };
    }

    private static String kind(ExternalType type) {
        return switch (type) {
            case FUNCTION -> "function";
            case GLOBAL -> "global";
            case MEMORY -> "memory";
            case TABLE -> "table";
            case TAG -> "tag";
        };
    }
}
