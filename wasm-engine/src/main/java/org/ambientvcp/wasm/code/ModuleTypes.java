package org.ambientvcp.wasm.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.BlockType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.GlobalSection;
import run.endive.wasm.types.ValType;

/// The types of a parsed module whose imports are all functions.
final class ModuleTypes {
    private static final List<Kind> VECTOR = List.of(Kind.I64, Kind.I64);
    private static final Signature EMPTY = new Signature(List.of(), List.of());

    private final WasmModule module;
    private final int imports;
    private final List<Signature> signatures = new ArrayList<>();
    private final int[] canonical;
    /// First place of each global.
    private final int[] globals;

    ModuleTypes(WasmModule module) {
        this.module = module;
        this.imports = module.importSection().importCount();
        this.globals = globalPlaces(module.globalSection());
        this.canonical = new int[module.typeSection().typeCount()];
        var known = new HashMap<FunctionType, Integer>();
        for (var type = 0; type < canonical.length; type++) {
            var functionType = module.typeSection().getType(type);
            var before = known.putIfAbsent(functionType, signatures.size());
            canonical[type] = before == null ? signatures.size() : before;
            if (before == null)
                signatures.add(new Signature(kinds(functionType.params()), kinds(functionType.returns())));
        }
    }

    /// By canonical type.
    List<Signature> signatures() {
        return signatures;
    }

    /// The canonical type of a type of the module.
    int canonical(int type) {
        return canonical[type];
    }

    Signature signature(int canonicalType) {
        return signatures.get(canonicalType);
    }

    int imports() {
        return imports;
    }

    /// Canonical types of all functions, imports first.
    int[] ofFunctions() {
        var functions = new int[imports + module.functionSection().functionCount()];
        for (var function = 0; function < functions.length; function++) functions[function] = typeOf(function);
        return functions;
    }

    Signature signatureOf(int function) {
        return signatures.get(typeOf(function));
    }

    Signature ownSignature(int index) {
        return signatureOf(imports + index);
    }

    /// The type of a block from its immediate.
    Signature blockType(long immediate) {
        if (BlockType.isEmpty(immediate)) return EMPTY;
        if (BlockType.isTypeIndex(immediate)) return signatures.get(canonical[(int) BlockType.typeIndex(immediate)]);
        return new Signature(
                List.of(),
                kinds(ValType.builder().fromId(BlockType.valueTypeId(immediate)).build()));
    }

    /// The types of an own function's parameters.
    List<ValType> ownParameters(int index) {
        return module.functionSection()
                .getFunctionType(index, module.typeSection())
                .params();
    }

    boolean isVector(int global) {
        return module.globalSection().getGlobal(global).valueType().equals(ValType.V128);
    }

    /// Where a global is, or its lower half: a v128 takes two.
    int globalPlace(int global) {
        return globals[global];
    }

    /// The kind of a global that is no v128.
    Kind globalKind(int global) {
        return kind(module.globalSection().getGlobal(global).valueType());
    }

    private static int[] globalPlaces(GlobalSection section) {
        var places = new int[section.globalCount()];
        var place = 0;
        for (var global = 0; global < places.length; global++) {
            places[global] = place;
            place += kinds(section.getGlobal(global).valueType()).size();
        }
        return places;
    }

    private static List<Kind> kinds(List<ValType> types) {
        return types.stream().flatMap(type -> kinds(type).stream()).toList();
    }

    /// How values of a type are held: a v128 as two halves, the lower one first.
    static List<Kind> kinds(ValType type) {
        return type.equals(ValType.V128) ? VECTOR : List.of(kind(type));
    }

    private static Kind kind(ValType type) {
        if (type.equals(ValType.I64)) return Kind.I64;
        if (type.equals(ValType.F32)) return Kind.F32;
        if (type.equals(ValType.F64)) return Kind.F64;
        if (type.equals(ValType.I32) || type.isReference()) return Kind.I32;
        throw new IllegalStateException("not a supported type: " + type);
    }

    private int typeOf(int function) {
        return canonical[
                function < imports
                        ? ((FunctionImport) module.importSection().getImport(function)).typeIndex()
                        : module.functionSection().getFunctionType(function - imports)];
    }
}
