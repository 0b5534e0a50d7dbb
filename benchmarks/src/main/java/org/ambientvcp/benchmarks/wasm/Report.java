package org.ambientvcp.benchmarks.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.ambientvcp.wasm.Bytes;
import org.ambientvcp.wasm.Compilation;
import org.ambientvcp.wasm.Execution;
import org.ambientvcp.wasm.Invocation;
import org.ambientvcp.wasm.RunLimits;
import org.ambientvcp.wasm.WasmEngine;
import org.ambientvcp.wasm.WasmModule;

/// The WASI program `report` with something to read: a module of about 100 kB of which a run uses a good part.
final class Report {
    private static final int READINGS = 60;

    private final byte[] module = Modules.read(Modules.REPORT);
    private final Invocation invocation =
            Runs.program(RunLimits.DEFAULT.gas(), Bytes.of(readings().getBytes(UTF_8)));

    byte[] module() {
        return module;
    }

    Invocation invocation() {
        return invocation;
    }

    /// From the bytes of the module to the result, nothing kept from before.
    Execution compileAndRun(WasmEngine engine) {
        return run(engine, WasmModule.compile(module));
    }

    Execution run(WasmEngine engine, Compilation compilation) {
        var execution = engine.run(compilation, invocation);
        check(execution);
        return execution;
    }

    /// @throws IllegalStateException if the program did not complete or says something else than it has to
    static void check(Execution execution) {
        var output = new String(Runs.completed(execution).output().toArray(), UTF_8);
        if (!output.endsWith(READINGS + " readings, 1 refused\n"))
            throw new IllegalStateException("the report says: " + output);
    }

    private static String readings() {
        var text = new StringBuilder("this is no reading\n");
        for (var i = 0; i < READINGS; i++)
            text.append(String.format(
                    Locale.ROOT, "sensor-%d,2026-11-%02dT%02d:30,%e\n", i % 7, 1 + i % 28, i % 24, i * 1.25 - 20));
        return text.toString();
    }
}
