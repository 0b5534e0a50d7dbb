package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.interpreter.Interpreter;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.machine.Traps;
import org.ambientvcp.wasm.spec.Engines;
import run.endive.wasm.Parser;
import run.endive.wasm.types.ExternalType;

/// A module from the resources, to be run by interpreter and compiler.
///
/// @param exports functions of the module's index space, by name
record TestModule(ModuleCode code, Map<String, Integer> exports, Interpreter interpreter, CompiledModule compiled) {
    static final long GAS = 1_000_000;
    private static final int PAGES = 8;
    private static final int UNIT_CODE = 1 << 13;

    /// What a run shows.
    ///
    /// @param ending `completed`, or the reason why it ended
    /// @param results as bits; i32 and f32 without what is above their 32
    record Run(String ending, List<Long> results, long gas, long path, List<Long> globals, int memory) {}

    static TestModule read(String name) {
        return read(name, UNIT_CODE, MethodLimit.MOST_BYTES);
    }

    /// @param unitCode ints of flat code in one class
    /// @param mostBytes of bytecode of a function that is compiled
    static TestModule read(String name, int unitCode, int mostBytes) {
        var parsed = Parser.parse(bytes(name));
        var code = ModuleLowering.lower(parsed, false);
        var exports = new HashMap<String, Integer>();
        for (var i = 0; i < parsed.exportSection().exportCount(); i++) {
            var export = parsed.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) exports.put(export.name(), export.index());
        }
        return of(code, exports, unitCode, mostBytes);
    }

    static TestModule of(ModuleCode code, Map<String, Integer> exports, int unitCode, int mostBytes) {
        var compiled = new CompiledModule(Program.of(code, true), unitCode, mostBytes);
        return new TestModule(code, exports, new Interpreter(code), compiled);
    }

    private static byte[] bytes(String name) {
        try (var stream = TestModule.class.getResourceAsStream(name + ".wasm")) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a function in both modes, which give the same.
    Run run(String function, long... arguments) {
        return run(GAS, List.of(), function, arguments);
    }

    Run run(long gas, List<HostCall> hosts, String function, long... arguments) {
        var interpreted = run(interpreter, gas, hosts, function, arguments);
        var run = run(compiled, gas, hosts, function, arguments);
        assertThat(run)
                .as("%s%s, %d gas", function, Arrays.toString(arguments), gas)
                .isEqualTo(interpreted);
        return run;
    }

    /// Runs a function that ends as it should.
    List<Long> results(String function, long... arguments) {
        var run = run(function, arguments);
        assertThat(run.ending()).isEqualTo("completed");
        return run.results();
    }

    Run run(Executor executor, long gas, List<HostCall> hosts, String function, long... arguments) {
        var instance = Engines.instance(code, executor, gas, PAGES);
        var index = index(function);
        var ending = "completed";
        List<Long> results = List.of();
        try {
            instance.start(hosts);
            System.arraycopy(arguments, 0, instance.stack, 0, arguments.length);
            instance.call(index);
            results = results(index, instance.stack);
        } catch (RuntimeException e) {
            var stop = Traps.of(e);
            if (stop == null) throw e;
            ending = String.valueOf(stop.reason());
        }
        return new Run(
                ending,
                results,
                instance.meter().used(instance.gas),
                instance.path,
                Arrays.stream(instance.globals).boxed().toList(),
                Arrays.hashCode(instance.memory));
    }

    /// In the module's index space.
    int index(String function) {
        return Objects.requireNonNull(exports.get(function), function);
    }

    /// Flat code of a function.
    int[] code(String function) {
        return code.functions().get(index(function) - code.imports().size()).code();
    }

    private List<Long> results(int function, long[] stack) {
        var kinds = code.signature(function).results();
        var results = new Long[kinds.size()];
        for (var i = 0; i < results.length; i++)
            results[i] = kinds.get(i).isWide() ? stack[i] : stack[i] & 0xffff_ffffL;
        return List.of(results);
    }
}
