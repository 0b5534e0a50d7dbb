package org.ambientvcp.wasm.fuzz;

import java.util.List;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Compilation;
import org.ambientvcp.wasm.Entry;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.ExecutionMode;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.ModuleExport;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;
import org.ambientvcp.wasm.hostile.Arguments;

/// What must hold for any bytes at all: taking them in as a module and running its functions ends in outcomes that say
/// something of the program, the same in both modes. A target for Jazzer, see `src/test/fuzz/jazzer.sh`.
public final class ModuleFuzzer {
    private static final RunLimits LIMITS = new RunLimits(32, 20_000, 600_000, 4_096);
    private static final int FUNCTIONS = 4;

    private ModuleFuzzer() {}

    /// Jazzer's way in.
    public static void fuzzerTestOneInput(byte[] bytes) {
        endings(bytes);
    }

    /// Takes in and runs.
    ///
    /// @return how the runs ended; none if the module is refused
    static List<Execution> endings(byte[] bytes) {
        return switch (WasmModule.compile(bytes)) {
            case Compilation.Refused _ -> List.of();
            case Compilation.Failed failed -> throw new AssertionError(failed.reason());
            case Compilation.Compiled compiled ->
                compiled.module().exports().stream()
                        .filter(export -> export.kind().equals("function"))
                        .limit(FUNCTIONS)
                        .map(export -> ending(compiled.module(), export))
                        .toList();
        };
    }

    private static Execution ending(WasmModule module, ModuleExport export) {
        var interpreted = run(module, export, ExecutionMode.INTERPRETED);
        if (!interpreted.outcome().isDeterministic())
            throw new AssertionError(export + " ends with " + interpreted.reason());
        var compiled = run(module, export, ExecutionMode.COMPILED);
        if (!compiled.equals(interpreted))
            throw new AssertionError("%s interpreted: %s, compiled: %s".formatted(export, interpreted, compiled));
        return interpreted;
    }

    private static Execution run(WasmModule module, ModuleExport export, ExecutionMode mode) {
        var entry = export.name().equals("_start")
                ? new Entry.Program("a")
                : new Entry.Call(export.name(), Arguments.zero(module, export.name()));
        var invocation =
                new Invocation(entry, Bytes.of(new byte[9]), LIMITS, 0, Bytes.of(new byte[Invocation.SEED_BYTES]));
        return new WasmEngine(System::nanoTime, mode).run(module, invocation);
    }
}
