package org.ambientvcp.wasm.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.ActiveElement;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.DeclarativeElement;
import run.endive.wasm.types.Element;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MutabilityType;

/// Turns a parsed and checked module into [ModuleCode].
public final class ModuleLowering {
    private ModuleLowering() {}

    /// @param module valid, with function imports only and without unsupported instructions
    /// @param withSteps whether an [Op#STEP] stands before every instruction; gas and path are the same
    public static ModuleCode lower(WasmModule module, boolean withSteps) {
        var types = new ModuleTypes(module);
        var functions = new ArrayList<FunctionCode>();
        for (var index = 0; index < module.functionSection().functionCount(); index++) {
            var body = module.codeSection().getFunctionBody(index);
            functions.add(FunctionLowering.lower(types, index, body.localTypes(), body.instructions(), withSteps));
        }
        return new ModuleCode(
                types.signatures(),
                types.ofFunctions(),
                imports(module),
                functions,
                globals(module, types),
                tables(module),
                memory(module),
                elements(module),
                data(module),
                module.startSection().map(start -> (int) start.startIndex()).orElse(-1),
                names(module, types.imports() + functions.size()));
    }

    private static List<ModuleCode.Import> imports(WasmModule module) {
        return module.importSection().stream()
                .map(imported -> (FunctionImport) imported)
                .map(imported -> new ModuleCode.Import(imported.module(), imported.name()))
                .toList();
    }

    private static List<ModuleCode.Global> globals(WasmModule module, ModuleTypes types) {
        var globals = new ArrayList<ModuleCode.Global>();
        for (var index = 0; index < module.globalSection().globalCount(); index++) {
            var global = module.globalSection().getGlobal(index);
            globals.add(new ModuleCode.Global(
                    types.globalKind(index),
                    global.mutabilityType() == MutabilityType.Var,
                    constant(global.initInstructions())));
        }
        return globals;
    }

    private static List<ModuleCode.Table> tables(WasmModule module) {
        var tables = new ArrayList<ModuleCode.Table>();
        for (var index = 0; index < module.tableSection().tableCount(); index++) {
            var table = module.tableSection().getTable(index);
            var limits = table.limits();
            tables.add(new ModuleCode.Table(limits.min(), limits.max(), constant(table.initialize())));
        }
        return tables;
    }

    private static ModuleCode.@Nullable Memory memory(WasmModule module) {
        var section = module.memorySection().orElse(null);
        if (section == null || section.memoryCount() == 0) return null;
        var limits = section.getMemory(0).limits();
        return new ModuleCode.Memory(limits.initialPages(), limits.maximumPages());
    }

    private static List<ModuleCode.Elements> elements(WasmModule module) {
        var segments = new ArrayList<ModuleCode.Elements>();
        for (Element element : module.elementSection().elements()) {
            var values = element.initializers().stream()
                    .map(ModuleLowering::constant)
                    .toArray(Constant[]::new);
            var isDeclared = element instanceof DeclarativeElement;
            segments.add(
                    element instanceof ActiveElement active
                            ? new ModuleCode.Elements(active.tableIndex(), constant(active.offset()), false, values)
                            : new ModuleCode.Elements(0, null, isDeclared, values));
        }
        return segments;
    }

    private static List<ModuleCode.Data> data(WasmModule module) {
        var segments = new ArrayList<ModuleCode.Data>();
        for (DataSegment segment : module.dataSection().dataSegments())
            segments.add(new ModuleCode.Data(
                    segment instanceof ActiveDataSegment active ? constant(active.offsetInstructions()) : null,
                    segment.data()));
        return segments;
    }

    /// A constant expression is one instruction and, it may be, an `end`.
    private static Constant constant(List<Instruction> expression) {
        if (expression.isEmpty()) return new Constant(false, -1);
        var instruction = expression.getFirst();
        return switch (instruction.opcode()) {
            case I32_CONST, F32_CONST -> new Constant(false, (int) instruction.operand(0));
            case I64_CONST, F64_CONST, REF_FUNC -> new Constant(false, instruction.operand(0));
            case REF_NULL -> new Constant(false, -1);
            case GLOBAL_GET -> new Constant(true, instruction.operand(0));
            default -> throw new IllegalStateException("not a supported constant: " + instruction.opcode());
        };
    }

    private static Map<Integer, String> names(WasmModule module, int functions) {
        var names = new HashMap<Integer, String>();
        var section = module.nameSection();
        if (section == null) return names;
        for (var function = 0; function < functions; function++) {
            var name = section.nameOfFunction(function);
            if (name != null) names.put(function, name);
        }
        return names;
    }
}
