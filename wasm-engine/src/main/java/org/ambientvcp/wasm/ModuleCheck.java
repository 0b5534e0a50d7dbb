package org.ambientvcp.wasm;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ambientvcp.wasm.host.HostInterface;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.ActiveElement;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;

/// Refuses a valid module that uses what is outside WASM 2.0, or needs what the host does not have.
final class ModuleCheck {
    private ModuleCheck() {}

    static void check(WasmModule module) throws Refusal {
        imports(module);
        exports(module);
        var tables = module.tableSection().tableCount();
        for (var body : module.codeSection().functionBodies()) {
            for (var instruction : body.instructions()) instruction(instruction, tables);
            IfCheck.check(body.instructions(), module.typeSection());
        }
        for (var global : module.globalSection().globals())
            if (!TypeText.isKnown(global.valueType())) throw new Refusal("a global has a type that is not supported");
        for (var table = 0; table < module.tableSection().tableCount(); table++)
            if (!TypeText.isKnown(module.tableSection().getTable(table).elementType()))
                throw new Refusal("a table has a type that is not supported");
        for (var expression : constants(module).toList()) constant(expression);
    }

    private static void imports(WasmModule module) throws Refusal {
        for (var imported : module.importSection().stream().toList()) {
            var name = imported.module() + "." + imported.name();
            if (!(imported instanceof FunctionImport function))
                throw new Refusal("import " + name + " is a "
                        + imported.importType().name().toLowerCase(Locale.ROOT) + ", only functions can be imported");
            var has = HostInterface.type(function.module(), function.name());
            if (has == null) throw new Refusal("unknown import " + name);
            var wants = TypeText.of(module.typeSection().getType(function.typeIndex()));
            if (!wants.equals(has)) throw new Refusal("import " + name + " has the type " + wants + ", it is " + has);
        }
    }

    /// The parser's validation (Endive 1.2.0) lets a name be exported twice.
    private static void exports(WasmModule module) throws Refusal {
        var names = new HashSet<String>();
        for (var i = 0; i < module.exportSection().exportCount(); i++) {
            var name = module.exportSection().getExport(i).name();
            if (!names.add(name)) throw new Refusal("malformed: duplicate export name " + name);
        }
    }

    private static Stream<List<Instruction>> constants(WasmModule module) {
        var globals = Arrays.stream(module.globalSection().globals()).map(global -> global.initInstructions());
        var elements = Arrays.stream(module.elementSection().elements())
                .flatMap(element -> element instanceof ActiveElement active
                        ? Stream.concat(Stream.of(active.offset()), active.initializers().stream())
                        : element.initializers().stream());
        var data = Arrays.stream(module.dataSection().dataSegments())
                .flatMap(segment -> segment instanceof ActiveDataSegment active
                        ? Stream.of(active.offsetInstructions())
                        : Stream.empty());
        return Stream.of(globals, elements, data).flatMap(expressions -> expressions);
    }

    private static void constant(List<Instruction> expression) throws Refusal {
        for (var instruction : expression) {
            switch (instruction.opcode()) {
                case I32_CONST, I64_CONST, F32_CONST, F64_CONST, V128_CONST, REF_NULL, REF_FUNC, GLOBAL_GET, END -> {}
                default ->
                    throw new Refusal("extended constant expressions are not supported: " + name(instruction.opcode()));
            }
        }
    }

    private static void instruction(Instruction instruction, int tables) throws Refusal {
        var opcode = instruction.opcode();
        // The parser's validation (Endive 1.2.0) checks the table of every instruction but this one.
        if (opcode == OpCode.TABLE_SIZE && instruction.operand(0) >= tables)
            throw new Refusal("malformed: unknown table " + instruction.operand(0));
    }

    private static String name(OpCode opcode) {
        return opcode.name().toLowerCase(Locale.ROOT);
    }
}
