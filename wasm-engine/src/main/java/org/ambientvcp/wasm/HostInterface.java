package org.ambientvcp.wasm;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;

/// All a program can reach outside itself: the functions of `vcp` and of WASI preview 1.
final class HostInterface {
    /// A host function of one run, its arguments and results as bits.
    @FunctionalInterface
    interface Call {
        long[] call(long[] arguments);
    }

    private static final Map<String, Map<String, String>> TYPES =
            Map.of(VcpHost.MODULE, VcpHost.TYPES, WasiTypes.MODULE, WasiTypes.TYPES);

    private HostInterface() {}

    /// The type of a host function, for example `(i32) -> i32`; null if there is no such function.
    static @Nullable String type(String module, String name) {
        var functions = TYPES.get(module);
        return functions == null ? null : functions.get(name);
    }

    /// The imports of a checked module, bound to one run. Every call is charged before it is made.
    static ImportValues bind(WasmModule module, VcpHost vcp, WasiHost wasi, Meter meter) {
        var values = ImportValues.builder();
        for (var imported : module.importSection().stream().toList()) {
            var name = imported.name();
            var call = imported.module().equals(VcpHost.MODULE) ? vcp.bind(name) : wasi.bind(name);
            WasmFunctionHandle handle = (instance, arguments) -> {
                meter.charge(Gas.HOST_CALL);
                return call.call(arguments);
            };
            var type = module.typeSection().getType(((FunctionImport) imported).typeIndex());
            values.addFunction(new HostFunction(imported.module(), name, type, handle));
        }
        return values.build();
    }
}
