package org.ambientvcp.wasm;

import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.ModuleLowering;
import org.ambientvcp.wasm.compiler.CompiledModule;
import org.ambientvcp.wasm.interpreter.Interpreter;
import org.ambientvcp.wasm.machine.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;

/// A module that is parsed, validated and found runnable. Any number of threads may run it at once.
public final class WasmModule {
    /// Gas a run may use in the interpreter before it begins again in compiled code.
    static final long PROBE_GAS = 1L << 22;

    private static final Logger LOG = LoggerFactory.getLogger(WasmModule.class);

    /// Gas that all runs of a module may use in the interpreter.
    private static final long ALL_PROBES_GAS = 1L << 25;

    /// Heap and metaspace for one int of flat code: itself and what is compiled from it.
    private static final long BYTES_PER_INT = 16;

    private static final long HEAP_PER_MODULE = 16_384;

    private final byte[] sha256;
    private final int sizeBytes;
    private final ModuleCode code;
    private final List<ModuleExport> exports;
    private final List<ModuleImport> imports;
    private final Map<String, ExportedFunction> functions;
    private final Executor interpreter;
    private final Executor compiled;
    private final AtomicLong probedGas = new AtomicLong();

    private WasmModule(byte[] sha256, int sizeBytes, run.endive.wasm.WasmModule parsed) {
        this.sha256 = sha256;
        this.sizeBytes = sizeBytes;
        this.code = ModuleLowering.lower(parsed, false);
        this.exports = ModuleContents.exports(parsed);
        this.imports = ModuleContents.imports(parsed);
        this.functions = ModuleContents.exportedFunctions(parsed);
        this.interpreter = new Interpreter(code);
        this.compiled = new CompiledModule(code);
    }

    /// Takes in a module: any bytes at all give an outcome. At most 16 MiB; the features are those of WASM 2.0.
    /// Parses on a thread of its own and waits for it. What runs long is compiled when it first runs.
    ///
    /// @param bytes of the module in the binary format; not changed, and not kept
    public static Compilation compile(byte[] bytes) {
        var sha256 = Sha256.of(bytes);
        return DeepStack.call(() -> takeIn(bytes, sha256));
    }

    private static Compilation takeIn(byte[] bytes, byte[] sha256) {
        var name = HexFormat.of().formatHex(sha256);
        try {
            return new Compilation.Compiled(new WasmModule(sha256, bytes.length, parse(bytes)));
        } catch (Refusal e) {
            return new Compilation.Refused(name, e.reason());
        } catch (WasmEngineException e) {
            return new Compilation.Refused(name, Refusal.printable("malformed: " + e.getMessage()));
        } catch (OutOfMemoryError | StackOverflowError e) {
            return new Compilation.Failed(name, "the node ran out of " + EngineErrors.scarce(e));
        } catch (RuntimeException | AssertionError e) {
            LOG.atDebug().addKeyValue("module", name).setCause(e).log("parser failed on a module");
            return new Compilation.Refused(
                    name, "malformed: the parser fails with " + e.getClass().getSimpleName());
        }
    }

    /// Parses, validates and checks.
    static run.endive.wasm.WasmModule parse(byte[] bytes) throws Refusal {
        ModuleScan.check(bytes);
        // Custom sections stay as they are: they are no reason to refuse a module.
        var parser = Parser.builder().withCustomParsers(Map.of()).build();
        var parsed = parser.parse(() -> new ByteArrayInputStream(bytes));
        ModuleCheck.check(parsed);
        return parsed;
    }

    /// SHA-256 of the module's bytes, lower-case hex.
    public String sha256() {
        return HexFormat.of().formatHex(sha256);
    }

    /// Size of the module in the binary format.
    public int sizeBytes() {
        return sizeBytes;
    }

    /// In the module's order.
    public List<ModuleExport> exports() {
        return exports;
    }

    /// In the module's order.
    public List<ModuleImport> imports() {
        return imports;
    }

    /// Estimate of what the module takes when it is compiled, in bytes.
    public long heapBytes() {
        var ints = code.functions().stream()
                .mapToLong(function -> function.code().length)
                .sum();
        return HEAP_PER_MODULE + sizeBytes + BYTES_PER_INT * ints;
    }

    byte[] sha256Bytes() {
        return sha256;
    }

    ModuleCode code() {
        return code;
    }

    Executor interpreter() {
        return interpreter;
    }

    Executor compiled() {
        return compiled;
    }

    /// Whether a run may be over before compiling would have paid.
    boolean isWorthProbing() {
        return probedGas.get() < ALL_PROBES_GAS;
    }

    void probed(long gas) {
        probedGas.addAndGet(gas);
    }

    /// An exported function, null if there is none of the name.
    @Nullable
    ExportedFunction exportedFunction(String name) {
        return functions.get(name);
    }
}
