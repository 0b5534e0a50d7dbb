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
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.UnknownCustomSection;

/// Turns a parsed and checked module into [ModuleCode].
public final class ModuleLowering {
    private ModuleLowering() {}

    /// @param module valid, with function imports only and without unsupported instructions
    /// @param withSteps whether an [Op#STEP] stands before every instruction and functions have names; gas and path
    /// are
    ///     the same
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
                tables(module, types),
                memory(module),
                elements(module, types),
                data(module, types),
                module.startSection().map(start -> (int) start.startIndex()).orElse(-1),
                withSteps ? names(module, types.imports() + functions.size()) : Map.of());
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
            var isMutable = global.mutabilityType() == MutabilityType.Var;
            var initial = global.initInstructions();
            if (types.isVector(index)) {
                globals.add(new ModuleCode.Global(Kind.I64, isMutable, half(initial, types, 0)));
                globals.add(new ModuleCode.Global(Kind.I64, isMutable, half(initial, types, 1)));
            } else {
                globals.add(new ModuleCode.Global(types.globalKind(index), isMutable, constant(initial, types)));
            }
        }
        return globals;
    }

    private static List<ModuleCode.Table> tables(WasmModule module, ModuleTypes types) {
        var tables = new ArrayList<ModuleCode.Table>();
        for (var index = 0; index < module.tableSection().tableCount(); index++) {
            var table = module.tableSection().getTable(index);
            var limits = table.limits();
            tables.add(new ModuleCode.Table(limits.min(), limits.max(), constant(table.initialize(), types)));
        }
        return tables;
    }

    private static ModuleCode.@Nullable Memory memory(WasmModule module) {
        var section = module.memorySection().orElse(null);
        if (section == null || section.memoryCount() == 0) return null;
        var limits = section.getMemory(0).limits();
        return new ModuleCode.Memory(limits.initialPages(), limits.maximumPages());
    }

    private static List<ModuleCode.Elements> elements(WasmModule module, ModuleTypes types) {
        var segments = new ArrayList<ModuleCode.Elements>();
        for (Element element : module.elementSection().elements()) {
            var values = element.initializers().stream()
                    .map(expression -> constant(expression, types))
                    .toArray(Constant[]::new);
            var isDeclared = element instanceof DeclarativeElement;
            segments.add(
                    element instanceof ActiveElement active
                            ? new ModuleCode.Elements(
                                    active.tableIndex(), constant(active.offset(), types), false, values)
                            : new ModuleCode.Elements(0, null, isDeclared, values));
        }
        return segments;
    }

    private static List<ModuleCode.Data> data(WasmModule module, ModuleTypes types) {
        var segments = new ArrayList<ModuleCode.Data>();
        for (DataSegment segment : module.dataSection().dataSegments())
            segments.add(new ModuleCode.Data(
                    segment instanceof ActiveDataSegment active ? constant(active.offsetInstructions(), types) : null,
                    segment.data()));
        return segments;
    }

    /// A half of a v128, the lower one is 0.
    private static Constant half(List<Instruction> expression, ModuleTypes types, int half) {
        var instruction = expression.getFirst();
        return switch (instruction.opcode()) {
            case V128_CONST -> new Constant(false, instruction.operand(half));
            case GLOBAL_GET -> new Constant(true, types.globalPlace((int) instruction.operand(0)) + half);
            default -> throw new IllegalStateException("not a supported constant: " + instruction.opcode());
        };
    }

    /// A constant expression is one instruction and, it may be, an `end`.
    private static Constant constant(List<Instruction> expression, ModuleTypes types) {
        if (expression.isEmpty()) return new Constant(false, -1);
        var instruction = expression.getFirst();
        return switch (instruction.opcode()) {
            case I32_CONST, F32_CONST -> new Constant(false, (int) instruction.operand(0));
            case I64_CONST, F64_CONST, REF_FUNC -> new Constant(false, instruction.operand(0));
            case REF_NULL -> new Constant(false, -1);
            case GLOBAL_GET -> new Constant(true, types.globalPlace((int) instruction.operand(0)));
            default -> throw new IllegalStateException("not a supported constant: " + instruction.opcode());
        };
    }

    private static Map<Integer, String> names(WasmModule module, int functions) {
        var names = new HashMap<Integer, String>();
        for (var i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) names.putIfAbsent(export.index(), export.name());
        }
        if (module.customSection("name") instanceof UnknownCustomSection section)
            names.putAll(FunctionNames.of(section.bytes(), functions));
        return names;
    }
}
