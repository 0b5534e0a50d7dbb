package org.ambientvcp.wasm.interpreter;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.code.Signature;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.machine.Instance;
import org.ambientvcp.wasm.machine.Traps;
import org.ambientvcp.wasm.spec.Engines;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.Parser;
import run.endive.wasm.types.ExternalType;

/// An assembled test module and what its functions do. Imports give the square of their argument.
public final class TestModule {
    static final long GAS = 100_000_000;
    private static final int PAGES = 100;

    /// @param reason why it ended, null if it returned
    /// @param results as bits; i32 and f32 in the low 32, zeros above
    public record Run(Outcome outcome, @Nullable String reason, List<Long> results, Instance instance) {
        public long gasUsed() {
            return instance.meter().used(instance.gas);
        }

        public long path() {
            return instance.path;
        }
    }

    private final byte[] bytes;
    private final ModuleCode code;
    private final ModuleCode stepped;
    private final Map<String, Integer> exports = new HashMap<>();

    private TestModule(byte[] bytes) {
        this.bytes = bytes;
        var parser = Parser.builder().withCustomParsers(Map.of()).build();
        var parsed = parser.parse(() -> new ByteArrayInputStream(bytes));
        this.code = ModuleLowering.lower(parsed, false);
        this.stepped = ModuleLowering.lower(parsed, true);
        for (var i = 0; i < parsed.exportSection().exportCount(); i++) {
            var export = parsed.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) exports.put(export.name(), export.index());
        }
    }

    /// @param name of one in `src/test/wasm/interpreter`
    public static TestModule of(String name) {
        try (var stream = TestModule.class.getResourceAsStream(name + ".wasm")) {
            return new TestModule(Objects.requireNonNull(stream, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public ModuleCode code() {
        return code;
    }

    /// The code with steps.
    public ModuleCode stepped() {
        return stepped;
    }

    Iterable<String> exports() {
        return exports.keySet();
    }

    Signature signature(String export) {
        return code.signature(index(export));
    }

    /// An own function, without steps.
    FunctionCode function(String export) {
        return code.functions().get(index(export) - code.imports().size());
    }

    private int index(String export) {
        return Objects.requireNonNull(exports.get(export), export);
    }

    Run call(String export, long... arguments) {
        return call(GAS, export, arguments);
    }

    Run call(long gas, String export, long... arguments) {
        return call(code, new Interpreter(code), gas, export, arguments);
    }

    /// @param executor of `module`
    Run call(ModuleCode module, Executor executor, long gas, String export, long... arguments) {
        var hosts = new ArrayList<HostCall>();
        for (var i = 0; i < module.imports().size(); i++) hosts.add(values -> new long[] {values[0] * values[0]});
        return call(module, executor, gas, hosts, export, arguments);
    }

    /// Calls an export in a new instance, and waits for it.
    public Run call(
            ModuleCode module, Executor executor, long gas, List<HostCall> hosts, String export, long... arguments) {
        var instance = Engines.instance(module, executor, gas, PAGES);
        return Engines.onDeepStack(() -> {
            try {
                instance.start(hosts);
                System.arraycopy(arguments, 0, instance.stack, 0, arguments.length);
                instance.call(index(export));
                return new Run(Outcome.COMPLETED, null, results(export, instance), instance);
            } catch (RuntimeException e) {
                var stop = requireNonNull(Traps.of(e), e::toString);
                return new Run(stop.outcome(), stop.reason(), List.of(), instance);
            }
        });
    }

    private List<Long> results(String export, Instance instance) {
        var kinds = signature(export).results();
        var results = new ArrayList<Long>();
        for (var i = 0; i < kinds.size(); i++) {
            var isShort = kinds.get(i) == Kind.I32 || kinds.get(i) == Kind.F32;
            results.add(isShort ? instance.stack[i] & 0xffff_ffffL : instance.stack[i]);
        }
        return List.copyOf(results);
    }
}
