package org.ambientvcp.wasm.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ambientvcp.wasm.Compilation;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.WasmModule;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.machine.Instance;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.Parser;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/// A module of a test file, instantiated.
final class SpecModule {
    private static final long GAS = 1L << 40;
    private static final int PAGES = 1_024;

    private final run.endive.wasm.WasmModule parsed;
    private final Instance instance;
    private final Map<String, Integer> functions = new HashMap<>();
    private final Map<String, Integer> globals = new HashMap<>();
    private final List<SpecModule> imported;
    private boolean isShared;

    private SpecModule(run.endive.wasm.WasmModule parsed, Instance instance, List<SpecModule> imported) {
        this.parsed = parsed;
        this.imported = imported;
        this.instance = instance;
        for (var i = 0; i < parsed.exportSection().exportCount(); i++) {
            var export = parsed.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) functions.put(export.name(), export.index());
            if (export.exportType() == ExternalType.GLOBAL) globals.put(export.name(), export.index());
        }
    }

    /// Instantiates a module and runs its start function.
    ///
    /// @param registered modules whose functions it may import, beside those of `spectest`
    static SpecModule of(byte[] bytes, ExecutionMode mode, Map<String, SpecModule> registered) throws NotApplicable {
        var taken = WasmModule.compile(bytes);
        if (taken instanceof Compilation.Refused refused) {
            var reason = refused.reason();
            if (reason.startsWith("malformed: ")) throw new IllegalStateException(reason);
            // Imports are bound here, not by the engine's host.
            if (!reason.matches("(unknown )?import .*")) throw new NotApplicable(reason);
        }
        var parsed = Parser.parse(bytes);
        var hosts = hosts(parsed, registered);
        var code = ModuleLowering.lower(parsed, false);
        var module = new SpecModule(
                parsed, Engines.instance(code, Engines.executor(mode, code), GAS, PAGES), modules(parsed, registered));
        module.instance.start(hosts);
        return module;
    }

    private static List<HostCall> hosts(run.endive.wasm.WasmModule parsed, Map<String, SpecModule> registered)
            throws NotApplicable {
        var hosts = new ArrayList<HostCall>();
        for (var imported : parsed.importSection().stream().toList()) {
            if (!(imported instanceof FunctionImport function)) {
                modules(parsed, registered).forEach(module -> module.isShared = true);
                throw new NotApplicable(
                        "imports a " + imported.importType().name().toLowerCase(Locale.ROOT));
            }
            var type = parsed.typeSection().getType(function.typeIndex());
            var host = host(function.module(), function.name(), type, registered);
            if (host == null) throw new NotApplicable(NotApplicable.UNKNOWN_FUNCTION);
            hosts.add(host);
        }
        return hosts;
    }

    /// The modules of the test that a module imports from.
    private static List<SpecModule> modules(run.endive.wasm.WasmModule importing, Map<String, SpecModule> registered) {
        return importing.importSection().stream()
                .map(imported -> registered.get(imported.module()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable HostCall host(
            String module, String name, FunctionType type, Map<String, SpecModule> registered) {
        if (module.equals("spectest")) {
            var parameters = spectest(name);
            var wanted = type.params().stream().map(Object::toString).collect(Collectors.joining(" "));
            return parameters != null
                            && parameters.equalsIgnoreCase(wanted)
                            && type.returns().isEmpty()
                    ? arguments -> new long[0]
                    : null;
        }
        var other = registered.get(module);
        if (other == null
                || !other.functions.containsKey(name)
                || !other.type(name).equals(type)) return null;
        return arguments -> other.call(name, arguments);
    }

    /// The parameters of a function of `spectest`.
    private static @Nullable String spectest(String name) {
        return switch (name) {
            case "print" -> "";
            case "print_i32" -> "I32";
            case "print_i64" -> "I64";
            case "print_f32" -> "F32";
            case "print_f64" -> "F64";
            case "print_i32_f32" -> "I32 F32";
            case "print_f64_f64" -> "F64 F64";
            default -> null;
        };
    }

    private FunctionType type(String name) {
        var index = functions.get(name);
        if (index == null) throw new IllegalStateException("no function " + name);
        var imports = parsed.importSection().importCount();
        return parsed.typeSection()
                .getType(
                        index < imports
                                ? ((FunctionImport) parsed.importSection().getImport(index)).typeIndex()
                                : parsed.functionSection().getFunctionType(index - imports));
    }

    /// Whether the test goes on with a module that imports more than functions of this one, and so may change its
    /// state.
    boolean isShared() {
        return isShared || imported.stream().anyMatch(SpecModule::isShared);
    }

    long[] call(String name, List<SpecValue> arguments) {
        return call(
                name,
                arguments.stream()
                        .map(SpecValue::bits)
                        .flatMapToLong(Arrays::stream)
                        .toArray());
    }

    private long[] call(String name, long[] arguments) {
        var type = type(name);
        if (slots(type.params()) != arguments.length)
            throw new IllegalStateException("%s takes %s".formatted(name, type));
        System.arraycopy(arguments, 0, instance.stack, 0, arguments.length);
        var index = functions.get(name);
        if (index == null) throw new IllegalStateException("no function " + name);
        instance.call(index);
        return Arrays.copyOf(instance.stack, slots(type.returns()));
    }

    /// A vector takes two.
    private static int slots(List<ValType> types) {
        return types.stream()
                .mapToInt(type -> type.equals(ValType.V128) ? 2 : 1)
                .sum();
    }

    long global(String name) {
        var index = globals.get(name);
        if (index == null) throw new IllegalStateException("no global " + name);
        return instance.globals[index];
    }
}
